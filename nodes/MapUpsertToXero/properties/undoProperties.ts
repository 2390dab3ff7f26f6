import type { INodeProperties } from 'n8n-workflow';
import {
	PREVIEW_OF_UNDO,
	UNDO_NOTICES,
	UNDO_OPTIONS,
} from '../../../lib/n8n/mapUpsert/undoParameters';

export const undoProperties: INodeProperties[] = [
	...UNDO_NOTICES,
	PREVIEW_OF_UNDO.property,
	UNDO_OPTIONS.property,
];
