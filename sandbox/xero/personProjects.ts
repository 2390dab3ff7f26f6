import Big from 'big.js';

import { SettingsPerson } from './personSettings';
import type { ProjectBooked, ProjectRow } from './projectModel';

/** What a person does on the screens of Xero Projects that the API cannot. */
export class ProjectPerson extends SettingsPerson {
	/** Adds to what is entered or invoiced on a project, in its own currency. */
	bookOnProject(
		projectId: string,
		added: Partial<Record<keyof ProjectBooked, string>>,
		organisation?: string,
	): void {
		const { ledger } = this.call(organisation);
		const project = this.project(projectId, organisation);
		const { booked } = project;
		const more = (what: keyof ProjectBooked): Big => booked[what].plus(new Big(added[what] ?? 0));
		ledger.projects.put(projectId, {
			...project,
			booked: {
				expense: more('expense'),
				expenseInvoiced: more('expenseInvoiced'),
				projectInvoiced: more('projectInvoiced'),
				deposit: more('deposit'),
				depositApplied: more('depositApplied'),
				creditNote: more('creditNote'),
			},
			updatedMs: this.world.now(),
		});
		ledger.changed('project', projectId, 'updated');
	}

	/** Invoices a task: a fixed price as a whole, else all its time so far. */
	invoiceTask(taskId: string, organisation?: string): void {
		const { tasks, timeEntries } = this.call(organisation).ledger;
		const task = tasks.get(taskId);
		if (!task) throw new Error(`There is no task ${taskId}.`);
		if (task.chargeType === 'NON_CHARGEABLE') throw new Error('This task is not charged.');
		if (task.chargeType === 'FIXED') tasks.put(taskId, { ...task, status: 'INVOICED' });
		for (const entry of timeEntries.filter((one) => one.taskId === taskId)) {
			timeEntries.put(entry.timeEntryId, { ...entry, status: 'INVOICED' });
		}
	}

	private project(projectId: string, organisation?: string): ProjectRow {
		const project = this.call(organisation).ledger.projects.get(projectId);
		if (!project) throw new Error(`There is no project ${projectId}.`);
		return project;
	}
}
