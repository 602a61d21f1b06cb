// Following a person, a lab and all else that is drawn: others fade, and the panel tells what is known.
'use strict';
const {assert, arrowTo, check, draw, focused, hash, LLAMA, standing, tabTo, title, VIEWS} = require('./browser.cjs');

const story = () => draw(LLAMA, 'story');

check('a person, by mouse', story, {}, async page => {
    assert.equal((await standing(page)).faded, 0);
    const name = page.locator('.stage text', {hasText: /^Guillaume Lample$/}).last();
    await name.click();
    assert.equal(await title(page), 'Guillaume Lample');
    assert.match(await page.locator('.card').innerText(), /since c\. Apr 2023 · reported\s+Mistral AI, Co-founder, chief scientist/);
    assert.match(await page.locator('.card').innerText(), /Seven years at Meta when he left/);
    const one = await standing(page);
    assert.ok(one.lit > 0 && one.lit < 10 && one.faded > 50, JSON.stringify(one));
    await page.waitForFunction(() => location.hash === '#person=lample');
    await page.mouse.move(640, 10);
    await page.locator('.stage text', {hasText: /^Armand Joulin$/}).last().hover(); // pointing shows another without following it
    assert.ok(Number(await name.evaluate(text => getComputedStyle(text.closest('svg > g')).opacity)) >= 0.1);
    assert.equal(await page.locator('.stage text', {hasText: /^Armand Joulin$/}).last().evaluate(text => text.closest('svg > g').classList.contains('lit')), true);
    assert.equal(await title(page), 'Guillaume Lample');
    await page.locator('.card .top button').click();
    assert.equal(await page.locator('.card').isVisible(), false);
    assert.equal((await standing(page)).faded, 0);
    await page.waitForFunction(() => location.hash === '');
});

check('a person, by keyboard', story, {}, async page => {
    await arrowTo(page, 'Guillaume Lample');
    assert.ok((await standing(page)).faded > 50); // as it is where one points
    await page.keyboard.press('Enter');
    assert.equal(await title(page), 'Guillaume Lample');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
    assert.equal(await page.locator('[role=status]').textContent(), 'Following Guillaume Lample');
    await page.waitForFunction(() => location.hash === '#person=lample');
    await tabTo(page, '.card .facts button'); // on to a lab that the panel names
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
    assert.notEqual(await title(page), 'Guillaume Lample');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.card').isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
});

check('a lab, by mouse', story, {}, async page => {
    await page.locator('.stage text', {hasText: /^Mistral AI$/}).first().click();
    assert.equal(await title(page), 'Mistral AI');
    assert.match(await page.locator('.card').innerText(), /Who was here[\s\S]*Guillaume Lample[\s\S]*What happened[\s\S]*What is claimed[\s\S]*Five of the fourteen/);
    const some = await standing(page);
    assert.ok(some.lit > 10 && some.faded > 20, JSON.stringify(some));
    await page.locator('.card .facts button', {hasText: 'Timothée Lacroix'}).first().click();
    assert.equal(await title(page), 'Timothée Lacroix');
});

check('a lab, by keyboard', () => draw(LLAMA, 'moves'), {}, async page => {
    await arrowTo(page, 'Mistral AI 0 → 6 people');
    await page.keyboard.press('Space');
    assert.equal(await title(page), 'Mistral AI');
    assert.ok((await standing(page)).faded > 20);
    await page.keyboard.press('Space'); // again: no longer
    assert.equal(await page.locator('.card').isVisible(), false);
});

// In every view everything that answers to a key can be reached and says what it is.
for (const view of VIEWS) {
    check(`what ${view} draws, one after the other`, () => draw(LLAMA, view), {}, async page => {
        const stops = page.locator('.stage svg > g[role=button]');
        const count = await stops.count();
        assert.ok(count > 3, `${count} elements`);
        assert.equal(await page.locator('.stage svg > g[tabindex="0"]').count(), 1);
        for (let i = 0; i < count; i += Math.ceil(count / 12)) {
            await stops.nth(i).focus();
            assert.ok((await focused(page)).length > 0);
            await page.keyboard.press('Enter');
            assert.ok((await title(page)).trim().length > 0);
            assert.ok((await page.locator('.card').innerText()).split('\n').length > 1, `nothing is told of ${await focused(page)}`);
            assert.ok(await page.locator('.stage svg.fading > g.lit').count() > 0);
        }
    });

    check(`what ${view} draws, as it is read out`, () => draw(LLAMA, view), {}, async page => {
        const tree = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree');
        const nodes = new Map(tree.nodes.map(node => [node.nodeId, node])), names = [];
        const walk = node => {
            if (!node.ignored && node.role.value === 'button' && !names.includes(node.name.value)) names.push(node.name.value);
            (node.childIds || []).forEach(id => walk(nodes.get(id)));
        };
        walk(tree.nodes[0]);
        const inside = await page.evaluate(() => document.querySelector('.stage svg').getAttribute('aria-owns').split(' ')
            .map(id => document.getElementById(id).getAttribute('aria-label')).filter((label, i, all) => all.indexOf(label) === i));
        assert.deepEqual(names.slice(0, inside.length), inside);
    });
}

check('what happened, in its order, on a page of several drawings', () => draw(LLAMA), {hash: '#lab=mistral'}, async page => {
    const sections = await page.evaluate(() => [...document.querySelectorAll('.card .facts')].map(list => [...list.querySelectorAll('.date')].map(date => /20\d\d/.exec(date.textContent)?.[0]).filter(Boolean)));
    assert.ok(sections.some(years => new Set(years).size > 2));
    for (const years of sections) assert.deepEqual(years, [...years].sort());
});

check('an address that names nobody', story, {hash: '#person=nobody'}, async page => {
    assert.equal(await page.locator('.card').isVisible(), false);
    assert.equal((await standing(page)).faded, 0);
    assert.equal(await hash(page), '#person=nobody');
});
