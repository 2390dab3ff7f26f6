import type { Call } from './call';
import { NOT_FOUND, Refusal, UnknownId, type Answer } from './failures';
import { readElements, type Input } from './input';
import type { ContactGroupRow } from './organisationModel';
import { Problems } from './problems';
import { limited } from './quotes';
import { findOrRefuse, type Resource, type SaveMode } from './resource';
import type { Route } from './transport';

const WRITE = ['accounting.contacts'];

/** Groups of contacts; who is in one is told where it is asked for by its id. */
export const contactGroups: Resource<ContactGroupRow> = {
	path: 'ContactGroups',
	idName: 'ContactGroupID',
	scopes: WRITE,
	paging: 'none',
	understandsWhere: true,
	takesOne: true,
	fields: () => ({
		contactgroupid: (group) => group.contactGroupId,
		name: (group) => group.name,
		status: (group) => group.status,
	}),
	idOf: (group) => group.contactGroupId,
	updatedMs: () => 0,
	rows: (call) => call.ledger.contactGroups.filter(({ status }) => status === 'ACTIVE'),
	find: (call, named) => call.ledger.contactGroups.get(named.toLowerCase()),
	render: (call, group, detail) => ({
		ContactGroupID: group.contactGroupId,
		Name: group.name,
		Status: group.status,
		...(detail.single
			? {
					Contacts: group.contactIds.map((ContactID) => ({
						ContactID,
						Name: call.ledger.contacts.get(ContactID)?.name,
					})),
				}
			: {}),
		HasValidationErrors: false,
	}),
	save: saveGroup,
};

function saveGroup(call: Call, input: Input, _mode: SaveMode, id?: string): ContactGroupRow {
	const { contactGroups: groups } = call.ledger;
	const groupId = (id ?? input.trimmed('ContactGroupID'))?.toLowerCase();
	const existing = groupId === undefined ? undefined : groups.get(groupId);
	if (groupId !== undefined && !existing) throw new UnknownId();
	const problems = new Problems();
	const name = limited(input, 'Name', 255, existing?.name, problems);
	if (name === undefined) problems.add('The name of the contact group must be specified.');
	const holder = groups.find((group) => group.status === 'ACTIVE' && group.name === name);
	if (holder && holder.contactGroupId !== existing?.contactGroupId) {
		problems.add('The name of the contact group must be unique.');
	}
	const status = input.oneOf(
		'Status',
		['ACTIVE', 'DELETED'],
		'Xero.API.Library..ContactGroupStatus',
	);
	if (status === 'DELETED' && existing && existing.contactIds.length > 0) {
		problems.add('Only contact groups without contacts can be deleted.');
	}
	problems.refuseIfAny();
	const row: ContactGroupRow = {
		contactGroupId: existing?.contactGroupId ?? call.guid(),
		name: name ?? '',
		status: status ?? existing?.status ?? 'ACTIVE',
		contactIds: existing?.contactIds ?? [],
	};
	return groups.put(row.contactGroupId, row);
}

export const contactGroupMembers: readonly Route[] = [
	{
		method: 'PUT',
		path: '/ContactGroups/:id/Contacts',
		scopes: WRITE,
		handle: (call) => {
			const ids = readElements(call.body, 'Contacts').map((contact) => {
				const contactId = contact.trimmed('ContactID')?.toLowerCase() ?? '';
				if (!call.ledger.contacts.has(contactId)) throw new Refusal(NOT_FOUND);
				return contactId;
			});
			const group = findOrRefuse(call, contactGroups);
			change(call, [...new Set([...group.contactIds, ...ids])]);
			return call.envelope({ Contacts: ids.map((ContactID) => ({ ContactID })) });
		},
	},
	{
		method: 'DELETE',
		path: '/ContactGroups/:id/Contacts',
		scopes: WRITE,
		handle: (call) => change(call, []),
	},
	{
		method: 'DELETE',
		path: '/ContactGroups/:id/Contacts/:contactId',
		scopes: WRITE,
		handle: (call) => {
			const gone = call.param('contactId').toLowerCase();
			const { contactIds } = findOrRefuse(call, contactGroups);
			return change(
				call,
				contactIds.filter((contactId) => contactId !== gone),
			);
		},
	},
];

function change(call: Call, contactIds: readonly string[]): Answer {
	const group = findOrRefuse(call, contactGroups);
	call.ledger.contactGroups.put(group.contactGroupId, { ...group, contactIds });
	return { status: 204 };
}
