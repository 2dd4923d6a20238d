/*
 * Dictionaries of characters: 27 ms to load, which a start does not have to wait for. They are needed in the middle of a comparison, which
 * waits for nothing, so they are required there instead of imported.
 */
const once = <Value>(load: () => Value): (() => Value) => {
  let known: Value | undefined;
  return () => (known ??= load());
};

/* eslint-disable @typescript-eslint/no-require-imports */
/** 繁体 to 简体, character by character. */
export const simplifier = once(() =>
  (require('opencc-js/t2cn') as typeof import('opencc-js/t2cn')).Converter({ from: 't', to: 'cn' }),
);

/** 拼音, all readings of a character. */
export const pinyin = once(() => require('pinyin-pro') as typeof import('pinyin-pro'));
