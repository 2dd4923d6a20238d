import { openArchive } from './archive';
import { replay } from './replay';

/** Imported first of all: what the build has kept compiled is not compiled again. */
const archive = openArchive();
if (archive) replay(archive);
