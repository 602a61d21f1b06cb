// Opening the source of what is claimed.
'use strict';
const {assert, arrowTo, check, draw, LLAMA, tabTo, title} = require('./browser.cjs');

// The address that the next tab asks for; nothing is fetched.
const opened = page => page.context().waitForEvent('page').then(async tab => {
    await tab.waitForURL(/^https:|^chrome-error:/, {waitUntil: 'commit'}).catch(() => null);
    return tab;
});

async function asked(page, act) {
    const requests = [];
    page.context().on('request', request => requests.push(request.url()));
    const tab = opened(page);
    await act();
    const opener = await (await tab).evaluate(() => window.opener).catch(() => null);
    assert.equal(opener, null);
    assert.equal(requests.length, 1);
    return requests[0];
}

check('of a claim, by mouse', () => draw(LLAMA, 'story'), {}, async page => {
    await page.locator('.panel button', {hasText: 'Five of the fourteen are at Mistral AI'}).click();
    assert.equal(await title(page), 'Five of the fourteen are at Mistral AI');
    assert.match(await page.locator('.card').innerText(), /26 May 2025 · confirmed/);
    const link = page.locator('.card a').first();
    assert.match(await link.textContent(), /L'Usine Digitale/);
    assert.equal(await asked(page, () => link.click()), await link.getAttribute('href'));
});

check('of a milestone, by keyboard', () => draw(LLAMA, 'story'), {}, async page => {
    await arrowTo(page, 'Llama 2 [1 13]');
    await page.keyboard.press('Enter');
    assert.equal(await title(page), 'Llama 2');
    await tabTo(page, '.card .cites a');
    const href = await page.evaluate(() => document.activeElement.href);
    assert.equal(await asked(page, () => page.keyboard.press('Enter')), href);
});

check('of a source that nobody can open', () => draw(LLAMA, 'story'), {}, async page => {
    for (const link of await page.locator('a[href]').all()) {
        assert.match(await link.getAttribute('href'), /^(https?:|mailto:|#)/);
        assert.match(await link.getAttribute('rel') ?? 'noopener', /noopener/);
    }
});
