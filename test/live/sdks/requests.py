"""Creates and replaces rules with LiveKit's library for Python, at the address in the environment."""

import asyncio

from livekit import api

DIRECT = api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="lobby"))


async def main() -> None:
    async with api.LiveKitAPI() as lk:
        flat = await lk.sip.create_dispatch_rule(
            api.CreateSIPDispatchRuleRequest(
                rule=DIRECT, name="flat", trunk_ids=["ST_a"], inbound_numbers=["+15550177"]
            )
        )
        await lk.sip.create_dispatch_rule(
            api.CreateSIPDispatchRuleRequest(
                dispatch_rule=api.SIPDispatchRuleInfo(rule=DIRECT, name="wrapped", numbers=["+15550100"])
            )
        )
        await lk.sip.update_dispatch_rule(
            flat.sip_dispatch_rule_id,
            api.SIPDispatchRuleInfo(rule=DIRECT, name="replaced", numbers=["+15550101"]),
        )


asyncio.run(main())
