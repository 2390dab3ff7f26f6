import { isSameText } from '../../foldText';
import { nameInXero, type AttachedFile } from './attachFile';

/**
 * Files of one document under names of their own. In Xero a file replaces another of its name, so
 * that two that are called "photo.jpg" would push each other out, at every run anew. The same file
 * given twice counts once.
 */
export function distinctFiles(files: readonly AttachedFile[]): AttachedFile[] {
	const kept: Array<{ readonly givenName: string; readonly file: AttachedFile }> = [];
	for (const file of files) {
		const givenName = nameInXero(file);
		const isRepeat = kept.some(
			(other) => other.givenName === givenName && other.file.bytes.equals(file.bytes),
		);
		if (isRepeat) continue;
		const isTaken = (name: string) =>
			kept.some((other) => isSameText(nameInXero(other.file), name));
		let name = givenName;
		for (let count = 2; isTaken(name); count++) name = numbered(givenName, count);
		kept.push({ givenName, file: name === givenName ? file : { ...file, name } });
	}
	return kept.map(({ file }) => file);
}

/** "photo (2).jpg" */
function numbered(name: string, count: number): string {
	const dot = name.lastIndexOf('.');
	const end = dot > 0 ? dot : name.length;
	return `${name.slice(0, end)} (${count})${name.slice(end)}`;
}
