import { ESLintUtils } from '@typescript-eslint/utils';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import { documentNames } from './documentNames.mjs';

/** Rules of this house that no published plugin has. */
export const housePlugin = {
	rules: {
		/** The same rule twice, so that a file can be warned about early and refused late. */
		'max-lines-hard': builtinRules.get('max-lines'),

		'no-document-names': documentNames,

		/** Binary floats cannot hold most amounts: 1.005.toFixed(2) is "1.00". */
		'no-float-formatting': {
			meta: {
				type: 'problem',
				schema: [],
				messages: { float: 'Round and format a decimal of lib/money.ts, never a number.' },
			},
			create(context) {
				const services = ESLintUtils.getParserServices(context);
				return {
					'CallExpression > MemberExpression[property.name=/^(toFixed|toPrecision)$/]'(node) {
						const type = services.getTypeAtLocation(node.object);
						const text = services.program.getTypeChecker().typeToString(type);
						if (/^(number|any|\d+(\.\d+)?)$/.test(text)) {
							context.report({ node, messageId: 'float' });
						}
					},
				};
			},
		},
	},
};
