import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { judgeRow, problemOf } from '../../support/facts.ts';

interface Value {
  timeZone?: unknown;
  days?: unknown;
  from?: unknown;
  to?: unknown;
}

const office = { timeZone: 'Europe/Rome', days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };

function inside(value: Value, now: string): boolean {
  return judgeRow({ field: 'time', operator: 'equals', value }, { now: new Date(now) }).met;
}

function reasonOf(value: Value): string | undefined {
  return problemOf({ field: 'time', operator: 'equals', value })?.reason;
}

describe('a condition on the time', () => {
  it('is met from the first minute of the window to the one before its end', () => {
    assert.equal(inside(office, '2026-03-02T07:59:59Z'), false);
    assert.equal(inside(office, '2026-03-02T08:00:00Z'), true);
    assert.equal(inside(office, '2026-03-02T16:59:59Z'), true);
    assert.equal(inside(office, '2026-03-02T17:00:00Z'), false);
  });

  it('is outside with "notEquals", at every moment the opposite', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (now) => {
        const row = { field: 'time', value: office };
        const within = judgeRow({ ...row, operator: 'equals' }, { now });
        const outside = judgeRow({ ...row, operator: 'notEquals' }, { now });
        assert.notEqual(within.met, outside.met);
      }),
    );
  });

  it('tells the clock of the time zone that it looked at', () => {
    const row = { field: 'time', operator: 'equals', value: office };
    const { actual, present } = judgeRow(row, { now: new Date('2026-03-01T23:05:00Z') });
    assert.deepEqual([actual, present], ['Mon 00:05', true]);
  });

  it('follows summer time: the same hour of the wall clock all year', () => {
    assert.equal(inside(office, '2026-03-27T08:00:00Z'), true, 'Friday before, UTC+1');
    assert.equal(inside(office, '2026-03-27T07:30:00Z'), false);
    assert.equal(inside(office, '2026-03-30T07:00:00Z'), true, 'Monday after, UTC+2');
    assert.equal(inside(office, '2026-03-30T16:00:00Z'), false);
  });

  it('counts the hour that comes twice in autumn twice, and the one left out in spring not at all', () => {
    const early = { timeZone: 'Europe/Rome', from: '02:00', to: '03:00' };
    const hours = (day: string) =>
      Array.from({ length: 6 }, (_, hour) => inside(early, `${day}T0${hour}:30:00Z`)).filter(
        Boolean,
      ).length;
    assert.equal(hours('2026-10-25'), 2);
    assert.equal(hours('2026-03-29'), 0);
    assert.equal(inside({ ...early, timeZone: 'America/New_York' }, '2026-03-08T07:30:00Z'), false);
  });

  it('looks at the weekday of the time zone, not at the one of UTC', () => {
    const monday = { timeZone: 'Pacific/Auckland', days: [1] };
    assert.equal(inside(monday, '2026-03-01T12:00:00Z'), true);
    assert.equal(inside(monday, '2026-03-02T12:00:00Z'), false);
  });

  it('gives a window over midnight to the day on which it starts', () => {
    const night = { timeZone: 'UTC', days: [5, 7], from: '22:00', to: '06:00' };
    assert.equal(inside(night, '2026-03-06T22:00:00Z'), true, 'Friday night');
    assert.equal(inside(night, '2026-03-07T05:59:00Z'), true, 'early on Saturday');
    assert.equal(inside(night, '2026-03-06T05:59:00Z'), false, 'early on Friday');
    assert.equal(inside(night, '2026-03-07T22:00:00Z'), false, 'Saturday night');
    assert.equal(inside(night, '2026-03-09T03:00:00Z'), true, 'Sunday night, early on Monday');
    assert.equal(inside(night, '2026-03-06T12:00:00Z'), false, 'Friday noon');
  });

  it('means every day where no day is named, and the whole day where no time is', () => {
    const always = { timeZone: 'Asia/Kathmandu' };
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (now) => inside(always, now.toISOString())),
    );
    assert.equal(inside({ ...always, from: '00:00', to: '24:00' }, '2026-03-02T18:14:59Z'), true);
  });

  it('takes days that were saved as texts', () => {
    assert.equal(inside({ ...office, days: '1, 2' }, '2026-03-02T09:00:00Z'), true);
    assert.equal(inside({ ...office, days: ['6', '7'] }, '2026-03-02T09:00:00Z'), false);
  });

  it('refuses what is no window, with the reason', () => {
    assert.match(reasonOf({ ...office, timeZone: '' }) ?? '', /no time zone/);
    assert.match(reasonOf({ ...office, timeZone: 'Mars/Base' }) ?? '', /"Mars\/Base"/);
    assert.match(reasonOf({ ...office, from: '9 am' }) ?? '', /"9 am"/);
    assert.match(reasonOf({ ...office, from: '24:00' }) ?? '', /"24:00"/);
    assert.match(reasonOf({ ...office, to: '18:60' }) ?? '', /"18:60"/);
    assert.match(reasonOf({ ...office, to: '09:00' }) ?? '', /same time/);
    for (const days of [[0], [8], [1.5], ['Mon']]) {
      assert.match(reasonOf({ ...office, days }) ?? '', /from 1 \(Monday\) to 7/);
    }
  });
});
