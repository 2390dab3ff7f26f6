import { accountingRoutes } from '../../sandbox/xero/accounting';
import { australianPayrollRoutes, payrollRoutes } from '../../sandbox/xero/payroll/payrollRoutes';
import { projectRoutes } from '../../sandbox/xero/projects';

const BASES = [
	['/api.xro/2.0', accountingRoutes],
	['/projects.xro/2.0', projectRoutes],
	['/payroll.xro/2.0', payrollRoutes],
	['/payroll.xro/1.0', australianPayrollRoutes],
] as const;

/** Every address that the sandbox answers of Xero's APIs, and which of them were called. */
export class RoutesCalled {
	private readonly left = new Set(
		BASES.flatMap(([base, routes]) => routes.map(({ method, path }) => `${method} ${base}${path}`)),
	);

	/** @param path without its query */
	called(method: string, path: string): void {
		for (const route of this.left) {
			const [name = '', pattern = ''] = route.split(' ');
			if (name === method && patternOf(pattern).test(path)) {
				// Of several that fit, the first is the one that answers.
				this.left.delete(route);
				return;
			}
		}
	}

	/** Those that were not called, in order. */
	notCalled(): string[] {
		return [...this.left].sort();
	}
}

function patternOf(path: string): RegExp {
	const escaped = path.replace(/[.]/g, '\\.').replace(/:\w+(\{[^}]+\})?/g, '[^/]+');
	return new RegExp(`^${escaped}$`, 'i');
}
