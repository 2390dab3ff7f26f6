import type { GiveWay } from '../../giveWay';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { RuleSeverities } from '../check/check';

/** What the finder needs of the run. */
export interface FindContext {
	readonly client: XeroClient;
	/** By which the loops over records give way; they do not without. */
	readonly giveWay?: GiveWay;
	readonly definition: DocumentDefinition;
	readonly settings: OrganisationSettings;
	readonly severities: RuleSeverities;
	/** See `UpsertContext.known`. */
	readonly known?: readonly XeroDocument[];
}
