/** The look of every page of the sandbox. It stands inside the page: no other request, and a strict policy. */
export const PAGE_CSS = `
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5c6370; --line: #e5e8ef; --paper: #fff; --ground: #f2f4f8;
  --brand: #1554c0; --good: #0a7a3d; }
:root.wechat { --brand: #07733c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eceef2; --soft: #a3a9b6; --line: #353a46; --paper: #20242d; --ground: #14171d; --good: #4cc585; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--ground);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  sans-serif; }
main { width: 100%; max-width: 420px; background: var(--paper); border-radius: 16px; overflow: hidden;
  box-shadow: 0 8px 32px rgb(16 24 40 / 12%); }
header { padding: 14px 24px; background: var(--brand); color: #fff; display: flex; gap: 12px; align-items: center;
  justify-content: space-between; }
header strong { font-size: 17px; }
.badge { padding: 2px 10px; border: 1px solid rgb(255 255 255 / 60%); border-radius: 99px; font-size: 12px; }
.body { padding: 24px; }
.amount { margin: 4px 0 0; text-align: center; font-size: 40px; font-weight: 700; line-height: 1.2;
  font-variant-numeric: tabular-nums; }
.state { margin: 0 0 20px; text-align: center; color: var(--soft); }
.state.paid { color: var(--good); font-weight: 600; }
dl { margin: 0 0 20px; display: grid; grid-template-columns: auto 1fr; gap: 8px 20px; padding: 16px 0 0;
  border-top: 1px solid var(--line); }
dt { color: var(--soft); white-space: nowrap; }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
.code { width: 200px; margin: 0 auto 12px; padding: 8px; background: #fff; border: 1px solid var(--line);
  border-radius: 12px; }
.code svg { display: block; width: 100%; height: auto; }
.hint { margin: 0 0 20px; text-align: center; color: var(--soft); font-size: 14px; }
.button { display: block; width: 100%; padding: 14px; border: 0; border-radius: 10px; background: var(--brand);
  color: #fff; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
.button:hover { filter: brightness(1.1); }
.button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.message { margin: 0 0 8px; font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
.reason { margin: 0; color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
footer { padding: 0 24px 20px; color: var(--soft); font-size: 12px; text-align: center; }
`;
