import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { ScreenFile } from './list';

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A page of the docs is to load on a telephone too. */
export const MOST_BYTES = 150_000;

/** What is in the way of a picture: messages that come and go, and n8n's own offers. */
const IN_THE_WAY = `
.el-notification, [data-test-id=canvas-controls], [data-test-id=canvas-minimap], [data-test-id=canvas-background],
[data-test-id=floating-nodes], [data-test-id=version-updates-panel], [role=tooltip], .el-popper[role=tooltip],
[data-test-id=canvas-handle-plus-wrapper] { visibility: hidden !important; }
* { caret-color: transparent !important; animation-duration: 0s !important; transition-duration: 0s !important; }`;

/** Takes the pictures of a page, cut to what matters. */
export class Camera {
	constructor(
		private readonly page: Page,
		private readonly folder: string,
	) {}

	/**
	 * @param place what to show, with a margin around it
	 * @param keepMouse for what is only there while the mouse is over it
	 * @throws when the picture is too heavy for a page
	 */
	async take(file: ScreenFile, place: Locator | Box, look: Look = {}): Promise<void> {
		if (!(await this.takeIfLight(file, place, look))) {
			throw new Error(`${file} has ${MOST_BYTES} bytes or more: cut it to what matters`);
		}
	}

	/** The same for a picture that can be taken smaller. @returns whether it was light enough */
	async takeIfLight(
		file: ScreenFile,
		place: Locator | Box,
		{ margin = 0, keepMouse = false }: Look = {},
	): Promise<boolean> {
		await this.page.addStyleTag({ content: IN_THE_WAY });
		if (!keepMouse) await this.page.mouse.move(0, 0);
		await this.page.waitForTimeout(700);
		const box = 'boundingBox' in place ? await boxOf(place) : place;
		const picture = await this.page.screenshot({ clip: around(box, margin), scale: 'css' });
		if (picture.length >= MOST_BYTES) return false;
		await writeFile(path.join(this.folder, file), picture);
		return true;
	}
}

interface Look {
	readonly margin?: number;
	readonly keepMouse?: boolean;
}

export async function boxOf(place: Locator): Promise<Box> {
	const box = await place.boundingBox();
	if (!box) throw new Error(`Nothing is to be seen of ${String(place)}`);
	return box;
}

/** One box around all of them. */
export async function boxAround(places: readonly Locator[]): Promise<Box> {
	const boxes: Box[] = [];
	for (const place of places) {
		const box = await place.boundingBox();
		if (box && box.width > 0 && box.height > 0) boxes.push(box);
	}
	if (boxes.length === 0) throw new Error('None of what the picture shows is to be seen');
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	return {
		x,
		y,
		width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
		height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
	};
}

function around({ x, y, width, height }: Box, margin: number): Box {
	const left = Math.max(0, x - margin);
	const top = Math.max(0, y - margin);
	return { x: left, y: top, width: x + width + margin - left, height: y + height + margin - top };
}
