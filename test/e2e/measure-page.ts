import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TARGETS = 'a[href], button, summary, input, textarea, select';
const SIDE_PX = 44;

/** What goes wrong on a page without anybody pressing anything; collected from the moment it is asked for. */
export type Trouble = {
  /** Console errors, uncaught errors and violations of the content security policy. */
  readonly said: readonly string[];
};

/**
 * Listens to a page from before it is opened. No trouble are an answer that is no success where it is the page itself, and
 * the SDK's signature, which is not to be had while WeCom is silent: the gate works without.
 */
export function listen(page: Page): Trouble {
  const said: string[] = [];
  page.on('console', (message) => {
    const refusal = /^Failed to load resource: .* 40[134] /.test(message.text());
    const signature = message.location().url.includes('/api/jssdk/signature');
    if (message.type() === 'error' && !refusal && !signature) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return { said };
}

/** Counts what moves on every page opened from now on. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moved = { count: 0, score: 0, what: [] as string[] };
    Object.assign(window, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; sources: { node: Element | null }[] }[]) {
        moved.count += 1;
        moved.score += entry.value;
        moved.what.push(...entry.sources.map(({ node }) => `${node?.nodeName ?? '?'}.${node?.className ?? ''}`));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The sum of all layout shifts since the page was opened, with what moved. Zero is `{ score: 0, what: [] }`. */
export function readShifts(page: Page): Promise<{ score: number; what: readonly string[] }> {
  return page.evaluate(async () => {
    // Two frames: what the last change moved has been painted and told.
    for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { score, what } = (window as unknown as { moved: { score: number; what: string[] } }).moved;
    return { score, what };
  });
}

/** Waits until what opens or slides in has come to rest; what turns for ever is not waited for. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.all(ending.map((one) => one.finished));
  });
}

/** Sets the person's text size for every page opened from now on: the root's font, as the client does. */
export async function setTextSize(page: Page, times: number): Promise<void> {
  await page.addInitScript(
    (size) => {
      const set = (): void => {
        if (document.documentElement) document.documentElement.style.fontSize = size;
      };
      set();
      new MutationObserver(set).observe(document, { childList: true });
    },
    `${times * 100}%`,
  );
}

/** Violations that axe-core finds, as `rule: elements`. Its source is handed to the page, past its script policy. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run: (on: Document, how: object) => Promise<AxeResults> } };
    return axe.run(document, { iframes: false, resultTypes: ['violations'] });
  });
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`,
  );
}

/** What sticks out of the window to a side, or is cut off inside its own box. */
export function findSideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element): string =>
      `${element.nodeName}#${element.id}.${element.getAttribute('class') ?? ''}`;
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} of ${root.clientWidth}`] : [];
    for (const element of document.querySelectorAll('body *')) {
      const { left, right, width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (width * height === 0 || style.visibility === 'hidden' || element.closest('.gate-offscreen, svg *') !== null)
        continue;
      if (left < -0.5 || right > root.clientWidth + 0.5) found.push(`${name(element)}: ${left} to ${right}`);
      const cuts = style.overflowX !== 'visible' && !/^(TEXTAREA|INPUT|svg)$/.test(element.nodeName);
      if (cuts && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)}: cut off`);
    }
    return found;
  });
}

/**
 * Controls that a finger of 44 px could miss: around the middle of each, that far in all four directions, a touch has
 * to reach it. What lies under another control's own area counts as missed.
 */
export function findSmallTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ([targets, side]) => {
      const reach = side / 2 - 1;
      const missed = (control: Element): string[] => {
        control.scrollIntoView({ block: 'center' });
        const { left, right, top, bottom } = control.getBoundingClientRect();
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const points = [
          [x - reach, y],
          [x + reach, y],
          [x, y - reach],
          [x, y + reach],
        ] as const;
        const reached = points.every(([px, py]) => {
          const hit = document.elementFromPoint(px, py);
          return hit !== null && (control.contains(hit) || hit.closest('label')?.contains(control) === true);
        });
        return reached
          ? []
          : [
              `${control.nodeName}#${control.id} ${control.textContent?.slice(0, 12) ?? ''}: ${right - left} × ${bottom - top}`,
            ];
      };
      const dialog = document.querySelector('[aria-modal="true"]') ?? document;
      return [...dialog.querySelectorAll(targets)]
        .filter(
          (control) =>
            control.checkVisibility({ visibilityProperty: true }) && control.getBoundingClientRect().left >= 0,
        )
        .flatMap(missed);
    },
    [TARGETS, SIDE_PX] as const,
  );
}
