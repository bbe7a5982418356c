import { showPlace } from '../../dialogue/question/place.ts';
import { type Choice, type Line, line, type Value } from '../../dialogue/say.ts';
import { goArgument } from '../../dialogue/words.ts';
import type { Alert } from '../../domain/alert.ts';
import { mayStepIn } from '../../domain/alertHeld.ts';
import { birthYear, maskName } from '../../domain/alertMask.ts';
import { inHand } from '../../domain/alertState.ts';
import type { Declared, Person, Trip } from '../../domain/declaration.ts';
import { reasonLine } from '../../domain/risk/reason.ts';
import { hadLines } from './had.ts';
import type { AlertBody, OpenedAlert } from './record.ts';

/** Who it is about, for those who have not taken it on: "N. V. A., 1990, nam". */
export const maskedPerson = ({ name, born, sex }: Person): Line =>
  line('alert.masked', { name: maskName(name), year: birthYear(born), sex: line(`sex.${sex}`) });

const names = (prefix: string, ids: readonly string[]): Value =>
  ids.length === 0 ? line('word.no') : { list: ids.map((id) => line(`${prefix}.${id}`)) };

const withdrawn = ({ withdrawn: which }: AlertBody): readonly Line[] =>
  which === undefined
    ? []
    : [line('alert.withdrawn', { declared: { time: which.declared }, time: { time: which.at } })];

const why = ({ body, freshAt }: OpenedAlert): readonly Line[] => [
  line('alert.why', { reasons: { list: body.reasons.map(reasonLine) } }),
  line('alert.symptoms', { symptoms: names('symptom', body.declared.health.symptoms) }),
  line('alert.fresh', { time: { time: body.toldAt ?? freshAt } }),
  ...withdrawn(body),
  ...hadLines(body),
];

/** What may be seen before somebody takes it on: who (masked), where, why, how fresh, and what was tried. */
export const maskedCard = (opened: OpenedAlert): readonly Line[] => {
  const { person, trip, stay } = opened.body.declared;
  return [
    line('alert.head', { level: line(`level.${opened.alert.level}`), who: maskedPerson(person) }),
    trip.means === 'none'
      ? line('alert.still', { place: { place: stay.code } })
      : line('alert.where', { from: { place: trip.from.code }, stay: { place: stay.code } }),
    ...why(opened),
  ];
};

const numberOf = ({ id, phone }: Person): readonly Line[] => [
  ...(phone === undefined
    ? [line('alert.noPhone')]
    : [line('alert.phone', { phone: phone.replace(/^\+84/, '0') })]),
  ...(id === undefined ? [] : [line(`alert.id.${id.kind}`, { number: id.number })]),
];

const vehicleOf = ({ vehicle, seat }: Trip): readonly Line[] => {
  if (vehicle === undefined) return [];
  return [
    seat === undefined ? line('alert.vehicle', { vehicle }) : line('alert.vehicle.seat', { vehicle, seat }),
  ];
};

const travelled = ({ trip, stay }: Declared): readonly Line[] => [
  line('alert.trip', {
    from: showPlace(trip.from),
    to: showPlace(trip.to),
    means: line(`means.${trip.means}`),
    day: { date: trip.day },
  }),
  ...vehicleOf(trip),
  line('alert.stay', { place: showPlace(stay) }),
];

/** Of somebody ill at home there is only where they are: a way from a place to itself says nothing. */
const journey = (declared: Declared): readonly Line[] =>
  declared.trip.means === 'none'
    ? [line('alert.still', { place: showPlace(declared.stay) })]
    : travelled(declared);

const contacts = ({ health }: Declared): readonly Line[] => [
  ...(health.places.length === 0
    ? []
    : [line('alert.places', { places: { list: health.places.map(({ code }) => ({ place: code })) } })]),
  line('alert.exposures', { exposures: names('exposure', health.exposures) }),
];

const whereabouts = (declared: Declared): readonly Line[] => [
  line('alert.home', { place: showPlace(declared.person.home) }),
  ...journey(declared),
  ...contacts(declared),
];

/** All there is, for the one who took it on. */
export const fullCard = (opened: OpenedAlert): readonly Line[] => {
  const { person } = opened.body.declared;
  const { name, born, sex } = person;
  return [
    line('alert.head', {
      level: line(`level.${opened.alert.level}`),
      who: line('alert.person', { name, born: { date: born }, sex: line(`sex.${sex}`) }),
    }),
    ...numberOf(person),
    ...whereabouts(opened.body.declared),
    ...why(opened),
  ];
};

const button = (label: string, flow: string, params: Readonly<Record<string, string>>): Choice => ({
  id: `/go:${goArgument(flow, params)}`,
  label: line(label),
});

const act = (id: string, name: string, what: string): Choice =>
  button(`alert.do.${name}`, 'alert', { do: what, id });

/** Of one that was closed a short while ago. */
export const reopenButton = (id: string): Choice => act(id, 'reopen', 'reopen');

/**
 * What a viewer may do about it; good however old the message is, because each asks the database. An alert that stands
 * still may be given back, and taken over by whoever was told so.
 */
export const alertButtons = (alert: Alert, viewer?: string): readonly Choice[] => {
  const { id, state, owner, told, reported } = alert;
  const [claim, call] = [act(id, 'claim', 'claim'), act(id, 'call', 'call')];
  const close = button('alert.do.close', 'closeAlert', { id });
  if (state === 'open') return [claim, call, close];
  if (viewer === undefined || !inHand(state)) return [];
  if (mayStepIn(alert, viewer)) return [act(id, 'stepIn', 'stepIn'), act(id, 'sendOut', 'release')];
  if (owner !== viewer) return [];
  return [
    call,
    close,
    ...(reported === undefined ? [act(id, 'report', 'report')] : []),
    ...(told === undefined ? [] : [act(id, 'giveBack', 'release')]),
  ];
};
