import {
  REQUIRED,
  SECTIONS,
  type ArchiveKind,
  type ArchivePhase,
  type ArchiveSection,
} from '../../../schema/archive/sections';
import type { Completeness } from '../../../schema/archive/archive-file';

/** Pure: which sections are there, which must be by the phases reached, n of m. */
export function completenessOf(
  kind: ArchiveKind,
  entries: ReadonlyMap<ArchiveSection, number>,
  reached: Readonly<Record<ArchivePhase, boolean>>,
): Completeness {
  const phases = REQUIRED[kind];
  /* Who has come to a phase has passed those before. */
  const last = phases.findLastIndex(([phase]) => reached[phase]);
  const required = phases.slice(0, last + 1).flatMap(([, sections]) => sections);
  const there = (section: ArchiveSection) => (entries.get(section) ?? 0) > 0;
  return {
    present: required.filter(there).length,
    required: required.length,
    sections: SECTIONS[kind].map((section) => ({
      ...{ section, entries: entries.get(section) ?? 0, required: required.includes(section) },
      missing: required.includes(section) && !there(section),
    })),
    phases: phases.map(([phase, sections], at) => ({
      ...{ phase, reached: at <= last, missing: sections.filter((section) => !there(section)) },
    })),
  };
}
