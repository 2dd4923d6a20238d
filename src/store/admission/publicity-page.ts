import { createHash } from 'node:crypto';
import { asMarkup } from '../../access/markup';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Of the page alone; the door that sends it lets this one style through, by its hash, and nothing else. */
export const PAGE_STYLE =
  'body{font:1.1rem/1.8 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}th{text-align:left;padding-right:2rem;vertical-align:top;white-space:nowrap}td{overflow-wrap:anywhere}footer{margin-top:2rem;font-size:.9rem}@media print{body{margin:0}}';

/**
 * 公示页: the posted text for people to read, to be shown as these very bytes wherever it is shown, so that a witness can tell. A
 * name may hold anything: it stays text, each in a direction of its own.
 */
export function publicityPage(posted: Readonly<Record<string, unknown>>, snapshotHash: string): string {
  const rows = Object.entries(posted).map(
    ([title, value]) =>
      `<tr><th scope="row">${asMarkup(title)}</th><td><bdi>${asMarkup(String(value))}</bdi></td></tr>`,
  );
  return [
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta name="robots" content="noindex"><title>住房保障申请公示</title><style>${PAGE_STYLE}</style></head><body>`,
    `<h1>住房保障申请公示</h1><table>${rows.join('')}</table>`,
    '<p>对公示内容有异议的，可在公示期内向张贴单位提出；异议人身份予以保密。</p>',
    `<footer>公示内容校验值（SHA-256）：<code>${snapshotHash}</code></footer></body></html>\n`,
  ].join('');
}
