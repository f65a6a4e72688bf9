import type { Context } from "../../kernel/context.ts";
import type { Person } from "../../kernel/people.ts";
import { below } from "../../kernel/people-below.ts";
import type { Static } from "../../kernel/schema.ts";
import { isPlainAddress } from "../../xmail/post.ts";
import { peopleOf } from "./found.ts";
import { delegationDetails, type PersonDetails, personRow } from "./rows.ts";

/** All that may be shown of one person. */
export async function detailsOf(ctx: Context, person: Person): Promise<Static<typeof PersonDetails>> {
  const people = peopleOf(ctx);
  const [all, keys, factors] = await Promise.all([
    people.list(),
    people.keys.list(),
    people.factors.of(person.id),
  ]);
  return {
    ...personRow(ctx, person, all),
    networks: [...person.networks],
    sessionSeconds: person.sessionSeconds,
    language: person.language,
    phone: person.phone,
    postalAddress: person.address,
    memo: person.memo,
    delegation: person.delegation && delegationDetails(person.delegation),
    mostMembers: person.mostMembers,
    factors: {
      totp: factors.totp,
      recoveryCodesLeft: factors.recoveryLeft,
      passkeys: factors.passkeys.length,
    },
    apiKeys: keys.filter((key) => key.person === person.id).length,
    handedOnTo: below(all, person.id).length - 1,
    mail: !isPlainAddress(person.email) ? "nowhere" : ctx.xmail.post ? "here" : "elsewhere",
  };
}
