import { PROGRAMME_TITLES } from '../../schema/programme';
import { rules } from '../rules';
import { WAITING } from '../rules/waiting';
import type { CaseKind } from '../engine/rule';

const KIND_TITLES: Readonly<Record<CaseKind, string>> = {
  APPLICATION: '申请',
  ANNUAL_REVIEW: '年审',
  RE_CHECK: '复核',
};
const titles = (words: Readonly<Record<string, string>>, codes: readonly string[] | undefined): string =>
  codes ? codes.map((code) => words[code]).join('、') : '全部';
const listed = (items: readonly string[]): string =>
  items.length > 0 ? items.map((item) => `\`${item}\``).join(' ') : '–';
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** docs/rules.md, from the rules themselves: `hub docs` writes it, a test compares it. */
export function rulesPage(): string {
  const applied = rules.map(
    ({ code, title, basis, programmes, kinds, since, until, needs, parameters, binds, prohibition }) =>
      row([
        code,
        `${title}${binds === 'AUTHORITY' ? '（主管部门的职责）' : ''}${prohibition ? '（禁止性规定）' : ''}`,
        basis.join('<br>'),
        titles(PROGRAMME_TITLES, programmes),
        titles(KIND_TITLES, kinds),
        `${since} – ${until ?? ''}`.trimEnd(),
        listed(needs),
        listed(parameters),
      ]),
  );
  return `# Rules

Emitted from \`src/rules\` by \`npm run docs\`; do not edit. How one is added: \`docs/how-to/add-a-rule.md\`.

A rule applies where its programmes, kinds of case and dates say so, and is 不适用 elsewhere. A duty of the authority
(主管部门的职责) is found and shown, and never weighs on the household's conclusion. No paper of an officer passes a hard prohibition
(禁止性规定), \`docs/how-to/add-evidence.md\`.

| code | 规则 | 依据 | 保障方式 | 案件 | 有效期 | sources | parameters |
|---|---|---|---|---|---|---|---|
${applied.join('\n')}

## Waiting

Reference rules that are not applied yet, and what each waits for.

| code | 规则 | 等待 |
|---|---|---|
${WAITING.map(row).join('\n')}
`;
}
