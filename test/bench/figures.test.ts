import { median, quantile, table } from '../../bench/support/figures';

describe('figures of a bench', () => {
  it('takes quantiles of samples in any order', () => {
    const samples = [9, 1, 8, 2, 7, 3, 6, 4, 5, 10];
    expect([quantile(samples, 0), median(samples), quantile(samples, 0.95), quantile(samples, 1)]).toEqual([
      1, 6, 10, 10,
    ]);
  });

  it('prints a table whose columns are those of its first row', () => {
    expect(table([{ door: 'ours', ratio: 1 }])).toBe('| door | ratio |\n| --- | --- |\n| ours | 1 |');
  });
});
