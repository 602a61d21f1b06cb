// axe-core's rules, all of them, for each view in light and dark, at rest and at work.
'use strict';
const {assert, axe, check, draw, LLAMA, settled, VIEWS} = require('./browser.cjs');

async function obeys(page, when) {
    await settled(page);
    await page.evaluate(axe); // by the debugger: the page's own policy lets nothing in
    const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
    assert.deepEqual(violations.map(({id, nodes}) => `${when}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`), []);
}

for (const view of [...VIEWS, undefined]) for (const colorScheme of ['light', 'dark']) {
    check(`${view ?? 'all views'}, ${colorScheme}`, () => draw(LLAMA, view), {colorScheme}, async page => {
        await obeys(page, 'at rest');
        await page.locator('.panel button.link').first().click();
        await obeys(page, 'followed');
        await page.locator('#search').fill('meta');
        await obeys(page, 'searched');
        await page.setViewportSize({width: 360, height: 700});
        await page.locator('.view:not([hidden]) button', {hasText: /^Fit$/}).click({force: true}); // words that the edge cuts off are not there, to axe
        await obeys(page, 'narrow');
    });
}
