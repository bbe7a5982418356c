import type { Model, mongo } from 'mongoose';
import { type AlertDoc, alerts } from './alerts.ts';
import { type AudienceDoc, audience } from './audience.ts';
import { type BotDoc, bots } from './bots.ts';
import { type BudgetDoc, budgets } from './budgets.ts';
import { type CampaignDoc, campaigns } from './campaigns.ts';
import { type ConversationDoc, conversations } from './conversation.ts';
import { type DeclarationDoc, declarations } from './declarations.ts';
import { type DeliveryDoc, deliveries } from './deliveries.ts';
import { type FeedbackDoc, feedback } from './feedback.ts';
import { type FollowUpDoc, followUps } from './followUps.ts';
import { type InstallationDoc, installation } from './installation.ts';
import { type InvitationDoc, invitations } from './invitations.ts';
import { type KeyDoc, keys } from './keys.ts';
import { type MailboxDoc, mailboxes } from './mailboxes.ts';
import { type MigrationDoc, migrations } from './migrations.ts';
import { type MovementDoc, movements } from './movements.ts';
import { type OccurrenceDoc, occurrences } from './occurrences.ts';
import { type OperatorOrderDoc, operatorOrders } from './operatorOrders.ts';
import { type ParkedDoc, parked } from './parked.ts';
import { type PassageDoc, passages } from './passages.ts';
import { type PersonDoc, people } from './people.ts';
import { type PhoneListDoc, phoneLists } from './phoneLists.ts';
import { type ReportDoc, reports } from './reports.ts';
import { type RosterGapDoc, rosterGaps } from './rosterGaps.ts';
import { type RulesDoc, rules } from './rules.ts';
import { type ShelvedDoc, shelved } from './shelved.ts';
import { type ShiftDoc, shifts } from './shifts.ts';
import { type StaffDoc, staff } from './staff.ts';
import { type TalkOfferDoc, talkOffers } from './talkOffers.ts';
import { type TickDoc, ticks } from './ticks.ts';
import { type ZoneDoc, zones } from './zones.ts';

/** What lies in each collection. A new collection is one file and one line in each of the two lists here. */
export interface Documents {
  alerts: AlertDoc;
  audience: AudienceDoc;
  bots: BotDoc;
  budgets: BudgetDoc;
  campaigns: CampaignDoc;
  conversations: ConversationDoc;
  declarations: DeclarationDoc;
  deliveries: DeliveryDoc;
  feedback: FeedbackDoc;
  followUps: FollowUpDoc;
  installation: InstallationDoc;
  invitations: InvitationDoc;
  keys: KeyDoc;
  mailboxes: MailboxDoc;
  migrations: MigrationDoc;
  movements: MovementDoc;
  operatorOrders: OperatorOrderDoc;
  occurrences: OccurrenceDoc;
  parked: ParkedDoc;
  passages: PassageDoc;
  people: PersonDoc;
  phoneLists: PhoneListDoc;
  reports: ReportDoc;
  rosterGaps: RosterGapDoc;
  rules: RulesDoc;
  shelved: ShelvedDoc;
  shifts: ShiftDoc;
  staff: StaffDoc;
  talkOffers: TalkOfferDoc;
  ticks: TickDoc;
  zones: ZoneDoc;
}

export type CollectionName = keyof Documents;

/** Mongoose's view of the collections: everything is checked against its schema. For ordinary reads and writes. */
export type Models = { readonly [Name in CollectionName]: Model<Documents[Name]> };

/** The driver's own view of them, typed and nothing more. For the hot path, and for effects. */
export type Collections = { readonly [Name in CollectionName]: mongo.Collection<Documents[Name]> };

export const SCHEMAS = {
  alerts,
  audience,
  bots,
  budgets,
  campaigns,
  conversations,
  declarations,
  deliveries,
  feedback,
  followUps,
  installation,
  invitations,
  keys,
  mailboxes,
  migrations,
  movements,
  operatorOrders,
  occurrences,
  parked,
  passages,
  people,
  phoneLists,
  reports,
  rosterGaps,
  rules,
  shelved,
  shifts,
  staff,
  talkOffers,
  ticks,
  zones,
};
