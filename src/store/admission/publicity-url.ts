/** Where the hub itself shows what is posted. */
export const PUBLICITY_PATH = '/publicities';

export const publicityUrl = (publicUrl: string, id: string): string => `${publicUrl}${PUBLICITY_PATH}/${id}`;
