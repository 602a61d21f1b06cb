// Printing: the whole drawing, what is followed, and the sources with their addresses, dark on light.
'use strict';
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const {assert, arrowTo, check, draw, folder, LLAMA, path, tabTo, VIEWS} = require('./browser.cjs');

const settings = {colorScheme: 'dark', before: page => page.addInitScript(() => { window.printed = 0; window.print = () => window.printed++; })};
const printed = page => page.evaluate(() => window.printed);

// What would be on paper, as text without blanks.
async function onPaper(page) {
    const pdf = path.join(folder, 'printed.pdf');
    await page.pdf({path: pdf, preferCSSPageSize: true});
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], {encoding: 'utf8'});
    const pages = /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [pdf], {encoding: 'utf8'}))[1];
    fs.rmSync(pdf);
    return {text: text.replace(/[^\S\f]/g, ''), pages: Number(pages)};
}

async function looksPrinted(page) {
    await page.emulateMedia({media: 'print'});
    for (const selector of ['.tools', '.search', '.hint', '.card .top button']) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    const {text, pages} = await onPaper(page);
    for (const words of ['Guillaume Lample', 'Co-founder, chief scientist', 'Edouard Grave', 'Aurélien Rodriguez', 'https://']) assert.ok(text.includes(words.replaceAll(' ', '')), words);
    assert.ok(pages <= 4, `${pages} pages`);
}

check('by mouse', () => draw(LLAMA, 'story'), settings, async page => {
    await page.locator('.stage text', {hasText: /^Guillaume Lample$/}).last().click();
    for (let i = 0; i < 4; i++) await page.locator('button[aria-label="Zoom in"]').click(); // which paper does not follow
    const seen = await page.locator('.stage svg').getAttribute('viewBox');
    await page.locator('button', {hasText: /^Print$/}).click();
    assert.equal(await printed(page), 1);
    await looksPrinted(page);
    await page.emulateMedia({media: 'screen'});
    assert.equal(await page.locator('.stage svg').getAttribute('viewBox'), seen);
});

check('by keyboard', () => draw(LLAMA, 'story'), settings, async page => {
    await arrowTo(page, 'Guillaume Lample');
    await page.keyboard.press('Enter');
    await page.keyboard.press('+');
    await tabTo(page, '.zoom button:nth-child(4)');
    await page.keyboard.press('Enter');
    assert.equal(await printed(page), 1);
    await looksPrinted(page);
});

for (const view of VIEWS) {
    check(`of ${view} begins on its first page`, () => draw(LLAMA, view), settings, async page => {
        const {text} = await onPaper(page);
        assert.match(text.split('\f')[0], /^Meta'sLlamateam/);
        const drawing = await page.evaluate(() => document.querySelector('.stage text').textContent);
        assert.ok(text.split('\f')[0].includes(drawing.replaceAll(' ', '')), drawing);
    });
}
