// Milliseconds to the first paint of the Llama storyline as a page and as a bare SVG, in one browser, in turns; the middle of ROUNDS each.
// For script/bench.
'use strict';
const {draw, LLAMA, open, test} = require('./browser.cjs');

const firstPaint = async file => {
    const page = await open(file);
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const time = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
    await page.context().close();
    return time;
};
const middle = times => times.sort((a, b) => a - b)[times.length >> 1];

test('first paint', async () => {
    const rounds = Number(process.env.ROUNDS || 7), files = ['html', 'svg'].map(format => draw(LLAMA, 'storyline', format)), times = [[], []];
    for (let i = -1; i < rounds; i++) { // the first is to warm up
        for (const k of [0, 1]) {
            const time = await firstPaint(files[k]);
            if (i >= 0) times[k].push(time);
        }
    }
    const [page, svg] = times.map(middle);
    process.stdout.write(`first paint of the Llama storyline page over that of its bare SVG: ${(page / svg).toFixed(2)} (must be below 2; ${page.toFixed(0)} ms, ${svg.toFixed(0)} ms)\n`);
});
