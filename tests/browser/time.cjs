// Going through time: the slider, and playing.
'use strict';
const {assert, check, draw, focused, hash, LLAMA, tabTo, VIEWS} = require('./browser.cjs');

// Texts of the drawing that are there at the moment, and what the slider says.
const there = page => page.evaluate(() => [...document.querySelectorAll('.stage svg > g')].filter(g => !g.classList.contains('later')).length);
const day = page => page.locator('.time output').textContent();
const slider = page => page.locator('.time input');
const withClock = {before: page => page.clock.install()};

check('by mouse', () => draw(LLAMA, 'moves'), withClock, async page => {
    const all = await there(page), last = await day(page), box = await slider(page).boundingBox();
    await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 8, box.y + box.height / 2, {steps: 8});
    await page.mouse.up();
    const first = await there(page);
    assert.ok(first < all, `${first} of ${all}`);
    assert.notEqual(await day(page), last);
    await page.clock.runFor(200);
    assert.match(await hash(page), /^#day=\d{4}-\d\d-\d\d$/);
    await page.locator('.time button').click(); // plays from here
    assert.equal(await page.locator('.time button').textContent(), 'Pause');
    let before = 1, steps = 0;
    while (await page.locator('.time button').textContent() === 'Pause') {
        const value = Number(await slider(page).inputValue());
        assert.ok(value >= before, `${value} after ${before}`);
        before = value;
        assert.ok(++steps < 100);
        await page.clock.runFor(2000);
    }
    assert.equal(await there(page), all);
    assert.equal(await day(page), last);
    assert.ok(steps > 10);
    await page.locator('.time button').click(); // from the beginning
    assert.equal(await slider(page).inputValue(), '0');
    await page.locator('.time button').click();
    await page.clock.runFor(10000);
    assert.equal(await slider(page).inputValue(), '0');
});

check('by keyboard', () => draw(LLAMA, 'moves'), withClock, async page => {
    const all = await there(page);
    await tabTo(page, '.time input');
    await page.keyboard.press('Home');
    const first = await there(page);
    assert.ok(first < all);
    assert.match(await page.locator('.news').textContent(), /Apple to Meta/);
    assert.equal(await slider(page).getAttribute('aria-valuetext'), await day(page));
    await page.keyboard.press('ArrowRight');
    assert.ok(await there(page) > first);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await page.clock.runFor(5000);
    assert.ok(Number(await slider(page).inputValue()) > 2);
    await page.keyboard.press('Space');
    const stopped = await slider(page).inputValue();
    await page.clock.runFor(10000);
    assert.equal(await slider(page).inputValue(), stopped);
    await page.keyboard.press('Tab');
    await page.keyboard.press('End');
    assert.equal(await there(page), all);
});

// What comes later is out of sight and out of the order of keys.
check('what is not there yet', () => draw(LLAMA, 'story'), {hash: '#day=2023-06-01'}, async page => {
    assert.equal(await page.locator('.veil').evaluate(veil => getComputedStyle(veil).opacity), '1');
    const late = page.locator('.stage svg > g.later');
    assert.ok(await late.count() > 5);
    for (const g of await late.all()) {
        assert.equal(await g.evaluate(element => getComputedStyle(element).visibility), 'hidden');
    }
    await page.locator('.stage svg > g[tabindex="0"]').focus();
    assert.notEqual(await focused(page), null);
});

for (const view of VIEWS.filter(view => !['snapshot', 'retention'].includes(view))) {
    check(`the first and the last day of ${view}`, () => draw(LLAMA, view), {}, async page => {
        const all = await there(page);
        await slider(page).focus();
        await page.keyboard.press('Home');
        const veiled = await page.evaluate(() => { const veil = document.querySelector('.veil'); return veil ? new DOMMatrix(getComputedStyle(veil).transform).e : 0; });
        assert.ok(veiled > 0 || await there(page) < all);
        await page.keyboard.press('End');
        assert.equal(await there(page), all);
    });
}
