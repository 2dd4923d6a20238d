import { hash32 } from './random';

/* Plates and frame numbers leave out I and O (frame numbers also Q). */
const PLATE_SIGNS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const FRAME_SIGNS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';

function signs(alphabet: string, count: number, key: string): string {
  let text = '';
  let state = 0;
  for (let i = 0; i < count; i++) {
    if (i % 5 === 0) state = hash32(`${key}${i}`);
    text += alphabet[state % alphabet.length]!;
    state = Math.floor(state / alphabet.length);
  }
  return text;
}

/** 号牌 of the region of the holder's number. Not distinct: plates are given out again. */
export function plateOf(holder: string, idNumber: string, nth: number): string {
  const office = String.fromCharCode(65 + (+idNumber.slice(2, 4) % 8));
  return `${idNumber.startsWith('45') ? '桂' : '蒙'}${office}${signs(PLATE_SIGNS, 5, `${holder}plate${nth}`)}`;
}

/** 车辆识别代号, 17 signs. */
export const vinOf = (holder: string, nth: number): string => `L${signs(FRAME_SIGNS, 16, `${holder}frame${nth}`)}`;
