/** Can the database hold it? Neither a null byte nor half a character can be written, and one would fail a whole batch. */
export const isStorable = (text: string): boolean => !/\0|[\ud800-\udfff]/u.test(text);
