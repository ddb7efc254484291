import { html } from './html.js';

it('escapes values in text and in attributes, and keeps markup made by it', () => {
  const inner = html`<b>${'<i>&"\''}</b>`;
  const page = html`<p title="${'"><script>'}">${inner}${null}${7}</p>`;
  expect(page.markup).toBe('<p title="&quot;&gt;&lt;script&gt;"><b>&lt;i&gt;&amp;&quot;&#39;</b>7</p>');
});
