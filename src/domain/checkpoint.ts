import { z } from 'zod';
import { LANGS } from './lang.ts';

/** By language: a name is not translated by the catalogue, for a province brings its own checkpoints. */
const named = z.strictObject({ vi: z.string().min(2).max(60), en: z.string().min(2).max(60) });

const said = z.string().min(2).max(300);

/** Its code stands in every passage and in buttons: short, and never given to another one. */
const checkpoint = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,23}$/),
  name: named,
  /** Official code of the commune it stands in. */
  commune: z.string().regex(/^\d{5}$/),
  road: named,
  /** What the source says, and what is not known from it. */
  says: said,
  confirm: said,
});

const file = z
  .strictObject({
    version: z.int().min(1),
    source: said,
    note: z.string().min(2).max(600),
    checkpoints: z.array(checkpoint),
    /** Named by the source without the commune: nobody can stand at one before the province has said where it is. */
    unplaced: z.array(z.strictObject({ says: said, confirm: said })),
  })
  .refine(({ checkpoints }) => new Set(checkpoints.map(({ code }) => code)).size === checkpoints.length, {
    message: 'two checkpoints have the same code',
  })
  .refine(
    ({ checkpoints }) =>
      LANGS.every((lang) => new Set(checkpoints.map(({ name }) => name[lang])).size === checkpoints.length),
    { message: 'two checkpoints have the same name: an officer could not tell their buttons apart' },
  );

/** A place on the road where officers ask travellers for their code. */
export type Checkpoint = z.infer<typeof checkpoint>;

/** The checkpoints of a province (`data/checkpoints/checkpoints.json`). Throws ZodError. */
export const parseCheckpoints = (json: unknown): readonly Checkpoint[] => file.parse(json).checkpoints;
