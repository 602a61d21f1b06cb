// How the page looks: light and dark, with little motion, on narrow and wide screens; and without its script.
'use strict';
const {assert, check, draw, focused, hash, LLAMA, QUICKSTART, tabTo, VIEWS} = require('./browser.cjs');

const paper = page => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const ink = page => page.evaluate(() => getComputedStyle(document.querySelector('.stage text')).fill);
const LIGHT = 'rgb(255, 255, 255)';

check('light and dark as the reader likes', () => draw(LLAMA, 'story'), {colorScheme: 'dark'}, async page => {
    const dark = [await paper(page), await ink(page)];
    assert.notEqual(dark[0], LIGHT);
    await page.emulateMedia({colorScheme: 'light'});
    assert.equal(await paper(page), LIGHT);
    assert.notEqual(await ink(page), dark[1]);
    await page.locator('button[aria-label="Show the page dark"]').click(); // the switch is stronger
    assert.deepEqual([await paper(page), await ink(page)], dark);
    await page.waitForFunction(() => location.hash === '#look=dark');
    await page.emulateMedia({colorScheme: 'dark'});
    assert.deepEqual([await paper(page), await ink(page)], dark);
    await tabTo(page, 'button[aria-label="Show the page light"]');
    await page.keyboard.press('Enter');
    assert.equal(await paper(page), LIGHT);
});

check('a theme that is asked for stays', () => draw(LLAMA, 'story', 'html', '--theme', 'dark'), {colorScheme: 'light'}, async page => {
    assert.notEqual(await paper(page), LIGHT);
    assert.equal(await page.locator('button[aria-label^="Show the page"]').count(), 0);
});

check('little motion where that is asked for', () => draw(LLAMA, 'story'), {reducedMotion: 'reduce'}, async page => {
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter(element => parseFloat(getComputedStyle(element).transitionDuration) > 0).length);
    assert.equal(moving, 0);
    await page.locator('.time button').click();
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    await page.locator('.time button').click();
});

check('motion elsewhere', () => draw(LLAMA, 'story'), {}, async page => {
    assert.ok(await page.evaluate(() => [...document.querySelectorAll('*')].filter(element => parseFloat(getComputedStyle(element).transitionDuration) > 0).length) > 10);
});

for (const view of VIEWS) for (const width of [320, 360, 1280, 2560]) {
    check(`${view} on ${width} pixels`, () => draw(LLAMA, view), {width}, async page => {
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
        const type = await page.evaluate(() => Math.min(...[...document.querySelectorAll('body *')].filter(element => element.checkVisibility() && !element.closest('svg') &&
            [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(element => parseFloat(getComputedStyle(element).fontSize))));
        assert.ok(type >= 12, `type of ${type} px`);
        const seen = await page.evaluate(() => {
            const stage = document.querySelector('.stage').getBoundingClientRect();
            return [...document.querySelectorAll('.stage text')].filter(text => {
                const box = text.getBoundingClientRect();
                return box.right > stage.left && box.left < stage.right && box.bottom > stage.top && box.top < stage.bottom;
            }).length;
        });
        assert.ok(seen > 3, `${seen} texts are seen`);
    });
}

// Zooming in and out, and moving what is seen.
check('the camera, by mouse', () => draw(LLAMA, 'moves'), {}, async page => {
    const camera = async () => (await page.locator('.stage svg').getAttribute('viewBox')).split(' ').map(Number), stage = await page.locator('.stage').boundingBox();
    const home = await camera();
    await page.mouse.move(stage.x + 400, stage.y + 200);
    await page.mouse.wheel(0, 200); // scrolls the page
    assert.deepEqual(await camera(), home);
    await page.mouse.wheel(0, -400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    const near = await camera();
    assert.ok(near[2] < home[2] * 0.7);
    assert.ok(Math.abs((home[0] + home[2] * 400 / stage.width) - (near[0] + near[2] * 400 / stage.width)) < home[2] / 100); // what is under the mouse stays there
    await page.mouse.down();
    await page.mouse.move(stage.x + 300, stage.y + 160, {steps: 4});
    await page.mouse.up();
    const moved = await camera();
    assert.ok(Math.abs(moved[0] - near[0] - 100 * near[2] / stage.width) < near[2] / 50, `${near} ${moved}`);
    assert.equal(await page.locator('.card').isVisible(), false); // dragging is no click
    await page.locator('button[aria-label="Fit all of it"]').click();
    assert.deepEqual(await camera(), home);
});

check('the camera, by keyboard', () => draw(LLAMA, 'moves'), {}, async page => {
    const camera = async () => (await page.locator('.stage svg').getAttribute('viewBox')).split(' ').map(Number);
    const home = await camera();
    await tabTo(page, '.stage svg > g');
    for (let i = 0; i < 4; i++) await page.keyboard.press('+');
    const near = await camera();
    assert.ok(near[2] < home[2] / 3);
    await page.keyboard.press('Shift+ArrowRight');
    assert.ok((await camera())[0] > near[0]);
    for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight'); // what has the focus is always seen
    const box = await page.evaluate(() => { const {x, y, width, height} = document.activeElement.getBoundingClientRect(); return [x + width / 2, y + height / 2]; });
    const stage = await page.locator('.stage').boundingBox();
    assert.ok(box[0] > stage.x && box[0] < stage.x + stage.width && box[1] > stage.y && box[1] < stage.y + stage.height, `${await focused(page)} at ${box}`);
    await page.keyboard.press('0');
    assert.deepEqual(await camera(), home);
});

check('the camera, by fingers', () => draw(LLAMA, 'storyline'), {width: 360, hasTouch: true, isMobile: true}, async page => {
    const camera = async () => (await page.locator('.stage svg').getAttribute('viewBox')).split(' ').map(Number), stage = await page.locator('.stage').boundingBox();
    const home = await camera(), fingers = await page.context().newCDPSession(page);
    const touch = (type, ...points) => fingers.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([x, y], id) => ({x: stage.x + x, y: stage.y + y, id}))});
    await touch('touchStart', [100, 100], [200, 100]);
    for (let i = 1; i <= 5; i++) await touch('touchMove', [100 - 10 * i, 100], [200 + 10 * i, 100]);
    await touch('touchEnd');
    const near = await camera();
    assert.ok(near[2] < home[2] * 0.7, `${home} ${near}`);
    await page.touchscreen.tap(stage.x + 150, stage.y + stage.height / 2);
});

for (const mode of ['embed', 'outline']) {
    check(`words as --text ${mode} holds them`, () => draw(QUICKSTART, 'storyline', 'html', '--text', mode), {}, async page => {
        await page.evaluate(() => document.fonts.ready);
        const labels = await page.locator('.stage svg > g[role]').evaluateAll(all => all.map(g => g.getAttribute('aria-label')));
        assert.ok(labels.some(label => label.startsWith('Guillaume Lample')), String(labels));
        await page.locator('.stage svg > g[role]').first().focus();
        await page.keyboard.press('Enter');
        assert.ok(await page.locator('.card').isVisible());
    });
}

check('without its script', () => draw(QUICKSTART, 'storyline'), {javaScriptEnabled: false}, async page => {
    assert.ok(await page.locator('.stage svg').isVisible());
    assert.ok(await page.locator('.sources a').count() > 0);
    assert.equal(await page.locator('button').count(), 0);
    assert.equal(await page.locator('h1').textContent(), 'Four researchers leave Meta for Mistral AI');
    assert.equal(await page.evaluate(() => 1).catch(() => 1), 1);
});
