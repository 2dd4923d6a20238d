/** A small file may claim a picture that fills a reader's memory. */
const MOST_PIXELS = 100_000_000;

export const isViewable = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width * height <= MOST_PIXELS;
