// Deep links: what the reader sees is in the address.
'use strict';
const {assert, arrowTo, check, draw, hash, LLAMA, open, settled, tabTo, title} = require('./browser.cjs');

const all = () => draw(LLAMA);

// All that an address tells, as the page shows it.
const shown = page => page.evaluate(() => ({
    view: document.querySelector('.view:not([hidden])').id,
    box: document.querySelector('.view:not([hidden]) .stage svg').getAttribute('viewBox').split(' ').map(Math.round),
    card: document.querySelector('.card').hidden ? null : document.querySelector('.card').innerText,
    search: document.querySelector('#search').value,
    day: document.querySelector('.view:not([hidden]) .time output')?.textContent,
    later: document.querySelectorAll('.view:not([hidden]) .stage svg > g.later').length,
    dark: getComputedStyle(document.body).backgroundColor,
}));

async function again(page) {
    await settled(page);
    const other = await open(all(), {hash: await hash(page)});
    assert.deepEqual(await shown(other), await shown(page));
    assert.deepEqual(other.faults, []);
    await other.context().close();
}

check('by mouse', all, {}, async page => {
    await page.locator('.tabs a').nth(1).click();
    await page.locator('.view:not([hidden]) .stage text', {hasText: /^Mistral AI$/}).first().click();
    await page.locator('.view:not([hidden]) button[aria-label="Zoom in"]').click();
    await page.locator('.view:not([hidden]) button[aria-label="Zoom in"]').click();
    const box = await page.locator('.view:not([hidden]) .stage').boundingBox();
    await page.mouse.move(box.x + 300, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 150, {steps: 5});
    await page.mouse.up();
    const time = await page.locator('.view:not([hidden]) .time input').boundingBox();
    await page.mouse.click(time.x + time.width / 2, time.y + time.height / 2);
    await page.locator('.view:not([hidden]) button[aria-label="Show the page dark"]').click();
    await settled(page);
    assert.match(await hash(page), /^#view=[\w-]+&lab=mistral&day=20\d\d-\d\d-\d\d&at=[\d.,]+&look=dark$/);
    await again(page);
});

check('by keyboard', all, {}, async page => {
    await tabTo(page, '.tabs a:nth-child(2)');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.startsWith('#view='));
    await page.keyboard.press('/');
    await page.keyboard.type('joulin');
    await page.keyboard.press('Enter');
    assert.equal(await title(page), 'Armand Joulin');
    await tabTo(page, '.view:not([hidden]) .stage svg > g', 'Shift+Tab');
    for (const key of ['+', '+', 'Shift+ArrowRight', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await tabTo(page, '.view:not([hidden]) .time input');
    await page.keyboard.press('ArrowLeft');
    await settled(page);
    assert.match(await hash(page), /^#view=[\w-]+&person=joulin&day=20\d\d-\d\d-\d\d&q=joulin&at=[\d.,]+$/);
    await again(page);
});

check('typed into the address of an open page', all, {}, async page => {
    await page.evaluate(() => { location.hash = '#person=lample'; });
    await page.waitForFunction(() => document.querySelector('.card h2')?.textContent === 'Guillaume Lample');
    await page.evaluate(() => { location.hash = '#person=joulin'; });
    await page.waitForFunction(() => document.querySelector('.card h2')?.textContent === 'Armand Joulin');
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('.card h2')?.textContent === 'Guillaume Lample');
});

// Addresses that are wrong show the page as it is.
for (const wrong of ['#', '#=', '#%', '#%E0%A4%A', '#person', '#person=', '#person=%00', '#view=none&lab=none&day=never&at=1,2&look=red', '#at=NaN,0,-1', '#at=1e99,1e99,1e-99',
    '#day=99999-01-01', '#day=-271821-04-20', '#q=' + 'x'.repeat(5000), '#person=__proto__', '#lab=constructor', '#event=toString', '#part="><svg onload=alert(1)>']) {
    check(`a wrong one: ${wrong.slice(0, 60)}`, all, {hash: wrong}, async page => {
        assert.equal(await page.locator('.card').isVisible(), false);
        assert.ok(await page.locator('.view:not([hidden]) .stage svg').isVisible());
        const box = (await page.locator('.view:not([hidden]) .stage svg').getAttribute('viewBox')).split(' ').map(Number);
        assert.ok(box.every(Number.isFinite) && box[2] > 0 && box[3] > 0, String(box));
    });
}
