import { type Attachments, fileName, type Reader, XLSX } from '../../delivery/attachments.ts';
import type { Renderer } from '../../dialogue/render.ts';
import type { ReportRef } from '../../dialogue/say.ts';
import { mayCampaign } from '../../domain/campaign/states.ts';
import type { Report } from '../../domain/report/report.ts';
import { covers, isRole, type Role, readsReports } from '../../domain/roster.ts';
import type { Sealer } from '../../security/sealer.ts';
import type { Collections } from '../../store/collections.ts';
import { available } from '../../store/errors.ts';
import { rejectedFile } from '../campaigns/rejectedFile.ts';
import { drawChart } from './chart.ts';
import { keptReport } from './keep.ts';
import { writeWorkbook } from './workbook.ts';

export interface AttachmentParts {
  readonly collections: Pick<Collections, 'reports' | 'staff' | 'phoneLists'>;
  readonly sealer: Pick<Sealer, 'seal' | 'open'>;
  readonly home: string;
  readonly renderer: Renderer;
  /** PNG of a lookup code's QR; null when there is no such declaration any more. */
  readonly qrImage: (code: string) => Promise<Buffer | null>;
  /** The conversations an address stands in: its own chat, and the talk that is a part of. */
  readonly chatsOf: (address: string) => Promise<readonly string[]>;
}

/**
 * Whether whoever is behind an address may read something at this moment. A message with a link in it may
 * be older than the end of somebody's service.
 */
const mayRead = async (
  { collections, chatsOf }: AttachmentParts,
  address: string,
  may: (who: { readonly id: string; readonly role: Role; readonly area: string }) => boolean,
): Promise<boolean> => {
  const linked = { active: true, chats: { $in: [...(await chatsOf(address))] } };
  const docs = await available(collections.staff.find(linked).toArray());
  return docs.some(({ _id: id, role, area }) => isRole(role) && may({ id, role, area }));
};

const reportFor = async (
  parts: AttachmentParts,
  { report, area }: ReportRef,
  { address }: Reader,
): Promise<Report | null> => {
  const may = await mayRead(parts, address, (who) => readsReports(who.role) && covers(who.area, area));
  return may ? keptReport(parts, report, area) : null;
};

/** What messages carry: the QR of a declaration, the chart and the file of a report, and what of a list was not taken, for those it is meant for. */
export const createAttachments = (parts: AttachmentParts): Attachments => {
  const { renderer, home } = parts;
  return {
    image: async (image, reader) => {
      if (image.kind === 'qr') return parts.qrImage(image.code);
      const report = await reportFor(parts, image, reader);
      return report && drawChart(renderer, reader.lang, report);
    },
    file: async (file, reader) => {
      if (file.kind === 'rejected') {
        const may = await mayRead(parts, reader.address, (who) => mayCampaign(who, home));
        return may ? rejectedFile(parts, file, reader) : null;
      }
      const report = await reportFor(parts, file, reader);
      if (report === null) return null;
      const bytes = await writeWorkbook(renderer, reader.lang, report, home);
      return { name: fileName(file), type: XLSX, bytes };
    },
  };
};
