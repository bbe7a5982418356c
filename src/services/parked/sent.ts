import type { Event } from '../../dialogue/event.ts';

/** What somebody did, for a person to read: its kind, and what it held. */
export interface Sent {
  readonly kind:
    | 'text'
    | 'choice'
    | 'photo'
    | 'file'
    | 'contact'
    | 'location'
    | 'command'
    | 'unsupported'
    | 'worked'
    | 'own';
  readonly held: string;
}

const kilobytes = (bytes: number | undefined): string =>
  bytes === undefined ? '' : `${Math.ceil(bytes / 1_000)} kB`;

const parts = (...given: readonly (string | undefined)[]): string =>
  given.filter((part) => part !== undefined && part !== '').join(', ');

/** Of a photo or file only its size, name and caption are known here: it lies with its platform. */
export const sentOf = (event: Event): Sent => {
  switch (event.type) {
    case 'text':
      return { kind: 'text', held: event.text };
    case 'choice':
      return { kind: 'choice', held: event.ids.join(', ') };
    case 'photo':
      return { kind: 'photo', held: parts(event.caption, kilobytes(event.bytes)) };
    case 'file':
      return { kind: 'file', held: parts(event.name, event.caption, kilobytes(event.bytes)) };
    case 'contact':
      return { kind: 'contact', held: event.phone };
    case 'location':
      return { kind: 'location', held: `${event.lat}, ${event.lon}` };
    case 'command':
      return { kind: 'command', held: [event.name, event.argument ?? ''].join(' ').trim() };
    case 'unsupported':
      return { kind: 'unsupported', held: event.what };
    case 'worked':
      return { kind: 'worked', held: event.problem?.key ?? JSON.stringify(event.value ?? null) };
    default:
      return { kind: 'own', held: event.type };
  }
};
