import { migrations } from '../../migrations';
import { migrationNames } from '../../migrations/names';

describe('migrations', () => {
  it('are registered under the names of their files, every file once and in order', () => {
    expect(migrations.map(({ name }) => name)).toEqual(migrationNames());
  });
});
