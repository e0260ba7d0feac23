import { describe, it } from '@jest/globals';
import {
  announced,
  held,
  issued,
  itemized,
  line,
  PLEDGE,
  reinstated,
  restated,
  retracted,
  signed,
} from '../../../../test/support/domain/commands.js';
import { accepted, given, refused } from '../../../../test/support/domain/given.js';

describe('the first event of a stream', () => {
  it.each([announced(), signed(), issued(), held()])('opens it with a slug: $type', (command) => {
    given()
      .when(command)
      .then(accepted({ version: 1, stream: command.stream }));
  });

  it('may be any of its context: the opening is learnt later', () => {
    given()
      .when(itemized([line('arms')], { slug: 'g7-package' }))
      .then(accepted({ version: 1 }));
    given(restated({ slug: 'g7-package' }))
      .when(announced({ slug: undefined }))
      .then(accepted({ version: 2 }));
  });

  it('is refused without a slug', () => {
    given().when(restated()).then(refused('stream-not-open', 'subject'));
    given().when(retracted()).then(refused('stream-not-open', 'subject'));
  });

  it('is refused under another slug than its stream’s', () => {
    given()
      .when(announced({ slug: 'another-one' }))
      .then(refused('slug-mismatch', '/slug'));
  });
});

describe('a standing stream', () => {
  it('refuses a slug', () => {
    given(announced()).when(announced()).then(refused('slug-taken', '/slug'));
    given(announced(), retracted({ scope: 'stream' }))
      .when(announced())
      .then(refused('slug-taken', '/slug'));
  });

  it('goes on without one', () => {
    given(announced())
      .when(restated())
      .then(accepted({ version: 2, type: 'litopys.pledge.restated.v1' }));
    given(announced())
      .when(announced({ slug: undefined }))
      .then(accepted({ version: 2 }));
  });
});

describe('a context', () => {
  it('refuses the types of another', () => {
    given()
      .when({ ...signed({ slug: 'g7-package' }), stream: PLEDGE })
      .then(refused('wrong-context', 'type'));
  });

  it('refuses a kind that nobody keeps', () => {
    given()
      .when({ ...announced(), stream: 'gift/g7-package' })
      .then(refused('wrong-context', 'subject'));
  });
});

describe('a stream that is retracted whole', () => {
  const whole = retracted({ scope: 'stream' });

  it('takes nothing but its reinstatement', () => {
    given(announced(), whole).when(restated()).then(refused('stream-retracted', 'subject'));
    given(announced(), whole).when(whole).then(refused('stream-retracted', 'subject'));
    given(announced(), whole).when(reinstated()).then(accepted());
  });

  it('goes on once it is reinstated', () => {
    given(announced(), whole, reinstated())
      .when(restated())
      .then(accepted({ version: 4 }));
  });
});

describe('a line named in a ref or a claim', () => {
  const ref = (target: string, name: string) => ({ refs: [{ relation: 'about' as const, target, line: name }] });
  const claim = { by: 'A paper', what: 'the sum', words: 'more', target: `${PLEDGE}@1`, line: 'ships' };

  it('must be there on the event’s own stream', () => {
    given(announced())
      .when(restated(ref(PLEDGE, 'ships')))
      .then(refused('line-unknown', '/refs/0/line'));
    given(announced())
      .when(restated({ claims: [claim] }))
      .then(refused('line-unknown', '/claims/0/line'));
    given()
      .when(issued(ref('statement/lavrov-troops', 'ships')))
      .then(refused('line-unknown', '/refs/0/line'));
    given()
      .when(signed(ref('agreement/security@1', 'ships')))
      .then(refused('line-unknown', '/refs/0/line'));
    given()
      .when(held(ref('engagement/kyiv-visit', 'ships')))
      .then(refused('line-unknown', '/refs/0/line'));
  });

  it('may come in the same event or have come before', () => {
    given(announced({ lines: [line('ships')] }))
      .when(restated(ref(PLEDGE, 'ships')))
      .then(accepted());
    given(announced())
      .when(itemized([line('ships')], ref(PLEDGE, 'ships')))
      .then(accepted());
  });

  it('is kept, unresolved, on any other stream', () => {
    given()
      .when(issued(ref('pledge/not-there-yet', 'ships')))
      .then(accepted());
    given(announced())
      .when(restated(ref('pledge/not-there-yet@7', 'ships')))
      .then(accepted());
  });

  it.each(['part-of', 'draws-on', 'share-of'] as const)('on %s is this promise’s, whatever the target', (relation) => {
    const drawn = (name: string) => ({ refs: [{ relation, target: 'pledge/not-there-yet', line: name }] });
    given(announced({ lines: [line('ships')] }))
      .when(restated(drawn('arms')))
      .then(refused('line-unknown', '/refs/0/line'));
    given(announced({ lines: [line('ships')] }), retracted())
      .when(restated(drawn('ships')))
      .then(refused('line-unknown', '/refs/0/line'));
    given(announced({ lines: [line('ships')] }))
      .when(restated(drawn('ships')))
      .then(accepted());
    given()
      .when(announced({ lines: [line('ships')], ...drawn('ships') }))
      .then(accepted());
  });
});
