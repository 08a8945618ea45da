/** The look of a popup's content before its template says otherwise. */
export const popupStyle = `
  :root { color-scheme: light dark; }
  :root.paper { color-scheme: light; background: #fff; }
  body {
    margin: 0; padding: 16px; display: flow-root; overflow-wrap: break-word;
    font: 15px/1.5 system-ui, sans-serif; color: light-dark(#16211f, #e3ebe9);
  }
  body > div > :first-child { margin-top: 0; }
  body > div > :last-child { margin-bottom: 0; }
  h1 { font-size: 20px; } h2 { font-size: 17px; } h3, h4, h5, h6 { font-size: 15px; }
  h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 16px 0 8px; }
  p, ul, ol, dl, table, blockquote { margin: 8px 0; }
  dt { color: light-dark(#52625f, #9db0ac); font-size: 13px; } dd { margin: 0 0 8px; }
  a[href] { color: light-dark(#0f6a61, #62c6b8); }
  img { max-width: 100%; height: auto; }
  table { border-collapse: collapse; } th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
  th { font-weight: 600; }
  hr { border: 0; border-top: 1px solid light-dark(#d5dedc, #344240); }
  pre { white-space: pre-wrap; }
`;
