import mongoose, {
  type IndexDefinition,
  type IndexOptions,
  type Schema,
  type SchemaDefinition,
} from 'mongoose';

/** One index of a collection: its keys, and what is special about it. */
export type Index = readonly [keys: IndexDefinition, options?: IndexOptions];

/**
 * A declared collection. Ids are ours (strings), an unknown field is an error in writes and in filters, empty
 * objects are kept as they are.
 */
export function collection<Doc>(
  name: string,
  fields: SchemaDefinition<Doc>,
  indexes: readonly Index[] = [],
): Schema<Doc> {
  const schema = new mongoose.Schema<Doc>(fields, {
    collection: name,
    strict: 'throw',
    strictQuery: 'throw',
    minimize: false,
    versionKey: false,
  });
  for (const [keys, options] of indexes) schema.index(keys, options);
  return schema;
}

/** Fields that must be there, by their type. */
export const required = {
  id: { type: String, required: true },
  text: { type: String, required: true },
  count: { type: Number, required: true },
  date: { type: Date, required: true },
  /** Made by the sealer; everything personal lies in one of these. */
  sealed: { type: mongoose.Schema.Types.Buffer, required: true },
} as const;

/** Of a closed set, and there. */
export const oneOf = <T extends string>(...values: readonly T[]) => ({
  type: String,
  enum: values,
  required: true,
});
