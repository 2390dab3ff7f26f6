import type { INodeProperties } from 'n8n-workflow';
import {
	PREVIEW_OF_UNDO,
	UNDO_LOG_TABLE,
	UNDO_NOTICES,
	UNDO_OPTIONS,
	UNDO_RUN,
	UNDO_SOURCE,
} from '../../../lib/n8n/mapUpsert/undoParameters';

export const undoProperties: INodeProperties[] = [
	...UNDO_NOTICES,
	UNDO_SOURCE.property,
	UNDO_LOG_TABLE.property,
	UNDO_RUN.property,
	PREVIEW_OF_UNDO.property,
	UNDO_OPTIONS.property,
];
