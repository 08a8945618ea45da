import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseHeader, renderHeader } from '../../../src/forward/headers.ts';
import { buildRequest, type Method, type RequestPlan } from '../../../src/forward/request.ts';
import { parseUrlTemplate } from '../../../src/template/url.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('&a=b', 'a\r\nX: y', '\0', '\ud800', '"', '{{a}}', ' a ', '100%', '%41'),
);
const anyData = fc.array(fc.tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/), anyText));

const plan = (method: Method, more: Partial<RequestPlan> = {}): RequestPlan => ({
  method,
  url: parseUrlTemplate('https://crm.example/x?named={{named}}'),
  bodyFormat: 'form',
  headers: [],
  timeout: 1000,
  ...more,
});

/** The first of each name, without what the URL names. */
function expected(data: readonly (readonly [string, string])[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of data) if (name !== 'named') map.set(name, value);
  return map;
}

describe('A request', () => {
  const unique = anyData.map((data) => [...new Map(data)]);

  it('carries all data in the query of GET and DELETE, exactly', () => {
    const methods = fc.constantFrom<Method>('GET', 'DELETE');
    fc.assert(
      fc.property(methods, unique, anyText, (method, data, named) => {
        const request = buildRequest(plan(method), { id: 'i', values: { named }, data });
        const query = new URL(request.url).searchParams;
        const wanted = [...expected(data)].map(([name, value]) => [name, value.toWellFormed()]);
        assert.deepEqual([...query], [['named', named.toWellFormed()], ...wanted]);
        assert.equal(request.body, '');
      }),
    );
  });

  it('carries all data in a form, exactly', () => {
    fc.assert(
      fc.property(unique, (data) => {
        const { body } = buildRequest(plan('POST'), { id: 'i', values: {}, data });
        const wanted = [...expected(data)].map(([name, value]) => [name, value.toWellFormed()]);
        assert.deepEqual([...new URLSearchParams(body)], wanted);
      }),
    );
  });

  it('carries all data in JSON, exactly', () => {
    fc.assert(
      fc.property(unique, (data) => {
        const json = plan('PUT', { bodyFormat: 'json' });
        const { body } = buildRequest(json, { id: 'i', values: {}, data });
        const wanted = Object.fromEntries(expected(data));
        assert.deepEqual(body === '' ? {} : JSON.parse(body), wanted);
      }),
    );
  });

  it('carries a value in a header, exactly, whatever is in it', () => {
    const header = parseHeader('X-Value', '<{{value}}>');
    fc.assert(
      fc.property(anyText, (value) => {
        const rendered = renderHeader(header, { value });
        assert.match(rendered, /^<[ -~]*>$/);
        assert.equal(decodeURIComponent(rendered.slice(1, -1)), value.toWellFormed());
      }),
    );
  });

  it('is plain data that survives being kept', () => {
    const request = buildRequest(plan('POST'), { id: 'i', values: {}, data: [['a', 'b']] });
    assert.deepEqual(JSON.parse(JSON.stringify(request)), request);
    assert.equal(request.headers['Idempotency-Key'], 'i');
    assert.equal(request.headers['webhook-id'], 'i');
  });

  it('takes a header of the form in place of its own, in any spelling', () => {
    const headers = [parseHeader('content-type', 'text/x'), parseHeader('ACCEPT', 'text/y')];
    const request = buildRequest(plan('POST', { headers }), {
      id: 'i',
      values: {},
      data: [['a', 'b']],
    });
    assert.equal(request.headers['content-type'], 'text/x');
    assert.equal(request.headers['Content-Type'], undefined);
    assert.equal(request.headers['ACCEPT'], 'text/y');
    assert.equal(request.headers['Accept'], undefined);
  });

  for (const name of ['', 'a b', 'a:b', 'a\r\nb', 'é', '{{a}}', '__proto__']) {
    it(`refuses the header name ${JSON.stringify(name)}`, () => {
      assert.throws(() => parseHeader(name, 'x'), { code: 'E_CONFIG' });
    });
  }

  for (const name of ['Host', 'content-length', 'Transfer-Encoding', 'connection', 'TE']) {
    it(`leaves the header ${name} to the transport`, () => {
      assert.throws(() => parseHeader(name, 'x'), { code: 'E_CONFIG' });
    });
  }
});
