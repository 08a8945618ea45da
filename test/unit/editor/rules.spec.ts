import assert from 'node:assert/strict';
import {
  accountKey,
  all,
  allowedHost,
  frameHost,
  headerName,
  objectPath,
  optional,
  orEnvironment,
  origin,
  pagePath,
  pathSegment,
  required,
  type Rule,
  secondsUpTo,
  variableName,
  wholeNumber,
} from '../../../nodes/shared/rules.editor.ts';
import {
  template,
  urlTemplate,
  withoutPassword,
} from '../../../nodes/shared/template-rules.editor.ts';

function accepts(rule: Rule, ...values: readonly unknown[]): void {
  for (const value of values) assert.equal(rule(value), undefined, JSON.stringify(value));
}

function refuses(rule: Rule, ...values: readonly unknown[]): void {
  for (const value of values) assert.ok(rule(value), JSON.stringify(value));
}

describe('the rules of the forms', () => {
  it('take whole numbers also as texts, within their bounds', () => {
    accepts(wholeNumber(1, 300), 1, '300', ' 15 ');
    refuses(wholeNumber(1, 300), 0, 301, '1.5', '', 'soon', undefined, Number.NaN);
  });

  it('take an environment variable where they are told to', () => {
    accepts(orEnvironment(headerName), '${HEADER}', 'X-Queue');
    refuses(orEnvironment(headerName), '${HEADER} ', 'a b');
  });

  it('take parts of a second, but not nothing', () => {
    accepts(secondsUpTo(3600), 0.5, '3600');
    refuses(secondsUpTo(3600), 0, -1, 3601, '');
  });

  it('take a key of five letters or digits at most, or none', () => {
    accepts(accountKey, '', 'SHOP', 'a1b2C');
    refuses(accountKey, 'SHOPS1', 'SH-P', 'è');
  });

  it('take hosts, ports and ranges as allowed targets', () => {
    accepts(allowedHost, 'crm', 'crm.local:8080', '10.0.0.0/8', '::1', '[::1]:3000', 'fd00::/8');
    refuses(allowedHost, '', 'http://crm', 'a b', '10.0.0.0/33', '{{host}}', 'crm/path');
  });

  it('take hosts and what is below them for dashboard tabs', () => {
    accepts(frameHost, 'crm.example.com', '*.example.com', 'https://crm.example.com:8443');
    refuses(frameHost, '*', 'javascript:alert(1)', 'a b', 'crm.example.com/path', "'self'");
  });

  it('take an origin only as browsers write it', () => {
    accepts(origin, 'https://agents.example.com', 'http://10.0.0.1:8080');
    refuses(origin, 'https://agents.example.com/', 'agents.example.com', 'ftp://example.com', '');
  });

  it('take one segment as the path of a webhook', () => {
    accepts(pathSegment, 'abc', 'a1~b-c_d.e');
    refuses(pathSegment, '', '.', '..', 'a/b', 'a b', 'a?b', 'à');
  });

  it("keep the agents' page off the webhooks' path", () => {
    accepts(pagePath, 'desktop', 'sales/desktop', '/desktop/');
    refuses(pagePath, '', 'whatsapp', 'whatsapp/desktop', 'a//b', 'a b');
  });

  it('know names of headers and of variables, and paths', () => {
    accepts(headerName, 'X-Source');
    refuses(headerName, '', 'bad header', 'a:b', 'a\nb');
    accepts(variableName, 'ORDERNUM', 'a_1');
    refuses(variableName, '', '1a', '__proto__', 'a-b');
    accepts(objectPath, 'order.items[0]["the id"]');
    refuses(objectPath, '', '.a', 'a[', 'a..b');
  });

  it('say what the runtime would say about templates and URLs', () => {
    accepts(template, '', 'Hello {{calleridname}}');
    const reason = template('Hello\n{{{name}}}');
    assert.ok(reason && 'text' in reason);
    assert.match(reason.text, /2:1.*triple braces/);
    accepts(urlTemplate, 'https://crm.example.com/{{uniqueid}}?q={{text}}');
    refuses(urlTemplate, '', 'crm', 'https://{{text}}/', 'javascript:alert(1)', 'https://a/{{x');
    refuses(withoutPassword, 'https://user:secret@crm.example.com/');
    accepts(withoutPassword, 'https://crm.example.com/?mail=a@b');
  });

  it('can be optional, and are asked in order', () => {
    accepts(optional(variableName), '', '  ', 'a');
    assert.deepEqual(all(required, variableName)(''), required(''));
    refuses(all(required, variableName), '1a');
  });
});
