// Searching.
'use strict';
const {assert, check, draw, hash, LLAMA, standing, tabTo, title} = require('./browser.cjs');

const story = () => draw(LLAMA, 'story');
const found = page => page.locator('.found button').allTextContents();

check('by mouse', story, {}, async page => {
    await page.locator('#search').click();
    await page.keyboard.type('TIMOTHEE'); // capitals and marks do not matter
    assert.equal((await found(page))[0], 'Timothée Lacroix');
    assert.equal(await page.locator('[role=status]').textContent(), `${(await found(page)).length} found`);
    assert.ok((await standing(page)).faded > 20);
    await page.locator('.found button').first().click();
    assert.equal(await title(page), 'Timothée Lacroix');
    await page.waitForFunction(() => location.hash === '#person=lacroix&q=TIMOTHEE');
    await page.locator('#search').fill('nobody of that name');
    assert.deepEqual(await found(page), []);
    assert.equal(await page.locator('.index-head').textContent(), 'Nothing found');
});

check('by keyboard', story, {}, async page => {
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.keyboard.type('llama 2');
    const all = await found(page);
    assert.ok(all.length > 0 && all.every(text => !/zuck/i.test(text)));
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), all[0]);
    await page.keyboard.press('ArrowUp');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
    await page.keyboard.press('Enter'); // the first
    assert.equal(await title(page), all[0]);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#search').inputValue(), '');
    await page.waitForFunction(() => !location.hash.includes('q='));
    await tabTo(page, '#search', 'Shift+Tab').catch(() => null);
});

check('for what stands in notes and in claims', story, {}, async page => {
    await page.locator('#search').fill('still at Meta');
    assert.ok((await found(page)).includes('Three of the fourteen are still at Meta, eleven have left'));
    await page.locator('#search').fill('Authors of LLaMA lample');
    assert.deepEqual(await found(page), ['Guillaume Lample']);
});
