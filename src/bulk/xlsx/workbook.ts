import { posix } from 'node:path';
import { BOUNDS, refuseFile } from '../table';
import type { Archive } from './archive';
import { readWhole } from './xml';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';
const SHARED = 'xl/sharedStrings.xml';
const TYPES = '[Content_Types].xml';
const nothing = () => undefined;

/** The part of the first sheet. */
export async function firstSheet(archive: Archive): Promise<string> {
  let relation: string | undefined;
  await readWhole(await archive.part(TYPES), {
    open: (_name, { ContentType = '' }) =>
      void (/macroEnabled|vbaProject/i.test(ContentType) && refuseFile('不受理含宏的电子表格，请另存为 .xlsx 或 CSV')),
    ...{ text: nothing, close: nothing },
  });
  await readWhole(await archive.part(WORKBOOK), {
    open: (name, attributes) => void (name === 'sheet' && (relation ??= attributes['r:id'])),
    ...{ text: nothing, close: nothing },
  });
  let sheet: string | undefined;
  await readWhole(await archive.part(RELATIONS), {
    open: (_name, { Id, Target = '' }) => void (Id === relation && (sheet = Target)),
    ...{ text: nothing, close: nothing },
  });
  const name = sheet && (sheet.startsWith('/') ? sheet.slice(1) : posix.join('xl', sheet));
  return name && archive.has(name) ? name : refuseFile('电子表格没有工作表');
}

/** Strings that cells name by their number; how something is read aloud is none of it. */
export async function sharedStrings(archive: Archive): Promise<readonly string[]> {
  if (!archive.has(SHARED)) return [];
  const strings: string[] = [];
  let [text, characters, isText, isAloud] = ['', 0, false, false];
  await readWhole(await archive.part(SHARED), {
    open(name) {
      if (name === 'si') text = '';
      if (name === 't') isText = true;
      if (name === 'rPh') isAloud = true;
    },
    text(said) {
      if (!isText || isAloud) return;
      text += said;
      if ((characters += said.length) > BOUNDS.sharedCharacters) refuseFile('文字过多');
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isAloud = false;
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}
