import { headerFields } from '../../lib/sync/map/mappableFields';
import { readFieldValue } from '../../lib/sync/map/readFieldValue';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';

const GUID = '11111111-2222-4333-8444-555555555555';

function read(type: DocumentType, path: string, value: string) {
	const field = headerFields(DOCUMENTS[type]).find((each) => each.path === path);
	if (!field) throw new Error(`${type} has no ${path}`);
	return readFieldValue(field, value, { timeZone: 'Europe/London' });
}

describe('what a document belongs to', () => {
	it.each<[DocumentType, string, string]>([
		['trackingOption', 'trackingCategoryID', 'Region'],
		['project', 'contactId', 'Acme Ltd'],
		['projectTask', 'projectId', 'J-1 Roof'],
		['timeEntry', 'projectId', 'J-1 Roof'],
		['timeEntry', 'taskId', 'Tiling'],
		['timeEntry', 'userId', 'rowan@example.com'],
	])('of a %s, %s may be given by name as well as by id', (type, path, name) => {
		expect(read(type, path, name)).toEqual({ kind: 'value', value: name });
		expect(read(type, path, `https://go.xero.com/x/${GUID.toUpperCase()}`)).toEqual({
			kind: 'value',
			value: GUID,
		});
	});

	it("takes no name for the document's own id", () => {
		expect(read('project', 'id', 'J-1 Roof')).toMatchObject({ kind: 'unreadable' });
	});
});
