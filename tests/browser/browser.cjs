// A page in Chromium, watched: what a test of it needs.
'use strict';
const assert = require('node:assert/strict');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const {createRequire} = require('node:module');
const os = require('node:os');
const path = require('node:path');
const {pathToFileURL} = require('node:url');
const test = require('node:test');

const modules = createRequire(path.join(process.env.BROWSER_MODULES, 'package.json'));
const {chromium} = modules('playwright-core');
const axe = fs.readFileSync(modules.resolve('axe-core/axe.min.js'), 'utf8');
const SOURCE = process.env.TEST_SOURCE_DIR, VIEWS = ['storyline', 'moves', 'strategy', 'causes', 'snapshot', 'retention', 'alluvial'];
const LLAMA = path.join(SOURCE, 'graphs/meta-llama.yaml'), QUICKSTART = path.join(SOURCE, 'graphs/quickstart.yaml');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'orgflow-browser-'));
const drawn = new Map();
let browser = null;

test.before(async () => {
    browser = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu']});
});
test.after(async () => {
    await browser?.close();
    fs.rmSync(folder, {recursive: true});
});

// The path of a drawing of a file: of one view, or where none is given of all that the file saves.
function draw(file, view, format = 'html', ...options) {
    const key = [file, view, format, ...options].join('\n');
    if (!drawn.has(key)) {
        const out = path.join(folder, `${drawn.size}.${format}`);
        execFileSync(process.env.ORGFLOW, ['render', '-q', file, ...view ? ['-v', view] : [], '-T', format, '-o', out, ...options], {stdio: ['ignore', 'inherit', 'inherit']});
        drawn.set(key, out);
    }
    return drawn.get(key);
}

const newContext = settings => browser.newContext(settings);

// A page of its own, and what it does that it must not: a request beside itself, an error on the console, a script of someone else's.
async function open(file, {hash = '', width = 1280, height = 800, before, ...settings} = {}) {
    const context = await newContext({viewport: {width, height}, ...settings}), faults = [], url = pathToFileURL(file).href;
    await context.route('**', route => route.request().url().startsWith('file:') ? route.continue() : route.abort());
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    page.on('request', request => { if (!request.isNavigationRequest() || request.url().split('#')[0] !== url) faults.push('request of ' + request.url().slice(0, 200)); });
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) faults.push('console: ' + message.text()); });
    page.on('pageerror', error => faults.push('error: ' + error.message));
    page.on('dialog', dialog => { faults.push('dialog: ' + dialog.message()); dialog.dismiss(); });
    if (before) await before(page, context);
    await page.goto(url + hash);
    if (file.endsWith('.html') && settings.javaScriptEnabled !== false) await page.locator('.view:not([hidden]) .stage svg[aria-owns]').waitFor();
    return Object.assign(page, {faults});
}

// Waits until nothing moves any more: what fades in and out, a drawing that glides to another place, the address, which is written a moment
// later. By the page's own clock, which is late where much else is going on.
const settled = page => page.evaluate(async () => {
    const look = () => JSON.stringify([location.hash, scrollY, ...[...document.querySelectorAll('.stage svg')].map(svg => svg.getAttribute('viewBox'))]);
    for (let before = null, now = look(); before !== now || document.getAnimations().some(animation => animation.playState === 'running'); now = look()) {
        before = now;
        await new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)));
    }
});

// A test with a page, which has done nothing that it must not do at its end. settings: see open(); those of Playwright's contexts too.
function check(name, file, settings, act) {
    test(name, async () => {
        const page = await open(file(), settings);
        await act(page);
        if (settings.javaScriptEnabled !== false) await settled(page);
        assert.deepEqual(page.faults, []);
        await page.context().close();
    });
}

// The element of the drawing that has the focus, by what a screen reader calls it; null where another part of the page has it.
const focused = page => page.evaluate(() => document.activeElement.closest('.stage svg > g')?.getAttribute('aria-label') ?? null);

// Tab until what has the focus answers to a selector.
async function tabTo(page, selector, key = 'Tab') {
    for (let i = 0; i < 400; i++) {
        await page.keyboard.press(key);
        if (await page.evaluate(wanted => document.activeElement.matches(wanted), selector)) return;
    }
    assert.fail(`${key} never leads to ${selector}`);
}

// Arrow keys until an element of the drawing has the focus: from the first in the order of Tab, down and to the right.
async function arrowTo(page, label) {
    await tabTo(page, '.stage svg > g');
    const target = await page.evaluate(wanted => {
        const g = [...document.querySelectorAll('.stage svg > g[role]')].find(other => other.getAttribute('aria-label') === wanted && other.checkVisibility());
        const box = g?.getBoundingClientRect();
        return box && {x: box.x + box.width / 2, y: box.y + box.height / 2};
    }, label);
    assert.ok(target, `nothing in the drawing is called ${label}`);
    for (let i = 0; i < 200 && await focused(page) !== label; i++) {
        const keys = await page.evaluate(({x, y}) => {
            const box = document.activeElement.getBoundingClientRect(), dx = x - box.x - box.width / 2, dy = y - box.y - box.height / 2;
            const across = dx > 0 ? 'ArrowRight' : 'ArrowLeft', along = dy > 0 ? 'ArrowDown' : 'ArrowUp';
            return Math.abs(dx) > Math.abs(dy) ? [across, along] : [along, across];
        }, target);
        await page.keyboard.press(keys[i % 7 === 6 ? 1 : 0]);
    }
    assert.equal(await focused(page), label);
}

// Of the elements of the drawing: how many there are, how many stand out, how many have faded.
async function standing(page) {
    await settled(page);
    return page.evaluate(() => {
        const all = [...document.querySelectorAll('.view:not([hidden]) .stage svg > g:not(.ground):not(.veil)')].filter(g => !g.classList.contains('later'));
        const faint = all.filter(g => Number(getComputedStyle(g).opacity) < 0.5);
        return {all: all.length, faded: faint.length, lit: all.length - faint.length};
    });
}

const hash = page => page.evaluate(() => location.hash);
const title = page => page.locator('.card h2').textContent();

module.exports = {assert, axe, arrowTo, check, draw, focused, hash, LLAMA, newContext, open, path, QUICKSTART, settled, SOURCE, standing, tabTo, test, title, VIEWS, folder};
