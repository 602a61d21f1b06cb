// The page of `orgflow watch`: drawings that follow the file while it is edited, and what is wrong with it over them.
'use strict';
const {spawn} = require('node:child_process');
const fs = require('node:fs');
const {assert, axe, folder, hash, LLAMA, newContext, path, test} = require('./browser.cjs');

const GOOD = fs.readFileSync(LLAMA, 'utf8'), file = path.join(folder, 'story.yaml');

const save = text => fs.writeFileSync(file, text);
const titled = title => GOOD.replaceAll('Eleven of the fourteen authors of LLaMA left Meta', title);

// A server of the file, which is ended with the test.
async function start(...options) {
    const server = spawn(process.env.ORGFLOW, ['watch', '-q', file, ...options], {stdio: ['ignore', 'pipe', 'ignore']});
    const address = await new Promise((resolve, reject) => {
        server.stdout.once('data', data => resolve(String(data).trim()));
        server.once('exit', status => reject(new Error(`watch ended with ${status}`)));
    });
    return {address, end: () => new Promise(resolve => { server.once('exit', resolve); server.kill('SIGTERM'); })};
}

// A page that is shown, and what it does that it must not: ask elsewhere, or say an error.
async function open(address, settings) {
    const context = await newContext({viewport: {width: 1280, height: 800}, ...settings}), page = await context.newPage(), faults = [];
    page.on('request', request => { if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith('data:')) faults.push('request of ' + request.url()); });
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) faults.push('console: ' + message.text()); });
    page.on('pageerror', error => faults.push('error: ' + error.message));
    page.on('dialog', dialog => { faults.push('dialog: ' + dialog.message()); dialog.dismiss(); });
    await page.goto(address);
    await page.waitForSelector('iframe:not(.coming)');
    return Object.assign(page, {faults, drawing: page.frameLocator('iframe:not(.coming)')});
}

function check(name, act, {options = [], hash = '', ...settings} = {}) {
    test(name, async () => {
        save(GOOD);
        const server = await start(...options);
        const page = await open(server.address + hash, settings);
        try {
            await act(page, server);
            assert.deepEqual(page.faults, []);
        } finally {
            await page.context().close();
            await server.end();
        }
    });
}

const shows = (page, title) => page.waitForFunction(wanted => document.title === wanted, title);

check('a followed person stays followed over a redraw', async page => {
    await page.drawing.locator('.stage text', {hasText: /^Guillaume Lample$/}).last().click();
    await page.waitForFunction(() => location.hash === '#person=lample'); // it can be sent to others as it stands
    for (const title of ['One', 'Two', 'Three']) {
        save(titled(title));
        await shows(page, title);
        assert.equal(await page.drawing.locator('.card h2').textContent(), 'Guillaume Lample');
        assert.equal(await page.drawing.locator('h1').first().textContent(), title);
        assert.equal(await hash(page), '#person=lample');
    }
    assert.equal(await page.locator('iframe').count(), 1);
});

check('a link leads to a person, and on to another', async page => {
    assert.equal(await page.drawing.locator('.card h2').textContent(), 'Guillaume Lample');
    await page.evaluate(() => { location.hash = '#person=touvron'; });
    await page.drawing.locator('.card h2', {hasText: 'Hugo Touvron'}).waitFor();
    await page.reload();
    await page.drawing.locator('.card h2', {hasText: 'Hugo Touvron'}).waitFor();
}, {hash: '#person=lample'});

check('where one has scrolled to, what is searched and what has the focus stay', async page => {
    await page.drawing.locator('#search').fill('mensch');
    await page.waitForFunction(() => location.hash.includes('q=mensch'));
    const inside = () => page.frames().find(frame => frame.url().includes('/drawing/') && !frame.isDetached());
    await inside().evaluate(() => scrollTo(0, 120));
    const scrolled = await inside().evaluate(() => scrollY);
    assert.ok(scrolled > 0);
    save(titled('Over it'));
    await shows(page, 'Over it');
    assert.equal(await page.drawing.locator('#search').inputValue(), 'mensch');
    assert.deepEqual(await inside().evaluate(() => [scrollY, document.activeElement.id, document.hasFocus()]), [scrolled, 'search', true]);
});

check('what is wrong shows over the last good drawing, and goes', async page => {
    const problems = page.locator('#problems');
    assert.equal(await problems.isVisible(), false);
    save(GOOD + '\noops: 1\n');
    await page.waitForSelector('#problems.broken');
    const text = await problems.innerText();
    assert.match(text, /1 error: this is the last good drawing/);
    assert.match(text, /Error: unknown key `oops`/);
    assert.match(text, /story\.yaml:\d+:1/);
    assert.match(text, /oops: 1\n.*\^~~~/);
    assert.ok((await page.title()).startsWith('✗ '));
    assert.equal(await page.drawing.locator('h1').first().textContent(), 'Eleven of the fourteen authors of LLaMA left Meta');
    await page.locator('#problems summary').press('Enter'); // it can be folded away
    assert.equal(await page.locator('#problems li').first().isVisible(), false);
    save('');
    await page.waitForFunction(() => document.querySelector('#problems').innerText.includes('Error: '));
    fs.unlinkSync(file);
    await page.waitForFunction(() => document.querySelector('#problems').innerText.includes('No such file'));
    save(titled('Mended'));
    await shows(page, 'Mended');
    assert.equal(await problems.isVisible(), false);
});

check('hostile words in problems are words', async page => {
    save(GOOD + '\n"<img src=x onerror=alert(1)><script>alert(2)</script>": 1\n');
    await page.waitForSelector('#problems.broken');
    assert.match(await page.locator('#problems').innerText(), /<img src=x onerror=alert\(1\)>/);
    assert.equal(await page.locator('#problems img, #problems script').count(), 0);
});

check('two tabs follow, each its own view', async (page, server) => {
    const other = await open(server.address + '?view=stances');
    assert.equal(await other.drawing.locator('h1').first().textContent(), 'From open research to superintelligence');
    assert.equal(await other.locator('nav [aria-current]').textContent(), 'stances');
    save(titled('Both').replaceAll('From open research to superintelligence', 'Both of them'));
    await Promise.all([shows(page, 'Both'), shows(other, 'Both of them')]);
    await page.locator('nav a', {hasText: 'stances'}).click();
    await shows(page, 'Both of them');
    assert.deepEqual(other.faults, []);
    await other.context().close();
});

check('a link in the drawing opens apart', async page => {
    await page.drawing.locator('.card').waitFor();
    await page.context().route('**', route => new URL(route.request().url()).hostname === '127.0.0.1' ? route.continue() : route.fulfill({body: 'elsewhere'}));
    const [opened] = await Promise.all([page.context().waitForEvent('page'), page.drawing.locator('.card a[href^="http"]').first().click()]);
    await opened.waitForLoadState();
    assert.notEqual(new URL(opened.url()).hostname, '127.0.0.1');
    assert.equal(await page.drawing.locator('.card h2').textContent(), 'Guillaume Lample');
}, {hash: '#person=lample'});

test('an end of the server is told, and its return found', async () => {
    save(GOOD);
    const server = await start(), page = await open(server.address);
    await server.end();
    await page.waitForFunction(() => document.querySelector('#problems').innerText.includes('does not answer'));
    save(titled('Back'));
    const again = await start('--port', new URL(server.address).port);
    await shows(page, 'Back');
    assert.equal(await page.locator('#problems').isVisible(), false);
    await page.context().close();
    await again.end();
});

for (const colorScheme of ['light', 'dark']) {
    check(`no rule of accessibility is broken, ${colorScheme}`, async page => {
        save(GOOD + '\noops: 1\n');
        await page.waitForSelector('#problems.broken');
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, {iframes: false}));
        assert.deepEqual(found.violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(' ')}`), []);
        assert.ok(found.passes.length > 10);
    }, {colorScheme});
}
