import { migrations } from '../../migrations';
import { applyMigrations } from '../store/migrator';

/** Applies the migrations that a database lacks; returns their names. Heavy to load: only where some are pending. */
export const applyAllMigrations = (ownerUrl: string): Promise<string[]> => applyMigrations(ownerUrl, migrations);
