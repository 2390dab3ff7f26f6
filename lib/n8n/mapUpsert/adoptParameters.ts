import { parameterReader, type GetParameter } from '../parameters/reader';
import { PREVIEW_OF_ADOPTING } from './nodeParameters';
import { WRITE_BACK, WRITE_BACK_FIELDS } from './writeBackParameters';

/** What the node is set to for adopting documents. */
export interface AdoptParameters {
	readonly isPreviewOnly: boolean;
	/** Knack field that keeps the Xero ID; absent where none is chosen. */
	readonly linkField?: string;
}

export function readAdoptParameters(get: GetParameter): AdoptParameters {
	const read = parameterReader(get, { parameters: { operation: 'adopt' } });
	const { xeroId } = read(WRITE_BACK) ? read(WRITE_BACK_FIELDS) : WRITE_BACK_FIELDS.unset;
	return {
		isPreviewOnly: read(PREVIEW_OF_ADOPTING),
		...(xeroId === undefined ? {} : { linkField: xeroId }),
	};
}
