"""Nights that several tests share, in the notation."""

from __future__ import annotations

# The second like component fails at 12: the major trigger. C = 15, N = 15, U = 30, X = 30.
TRIGGER = """
    3    world          alert.fired dc1_down severity=page site=dc1 title=DC1_down
    3    world          site.ejected dc1
    5    tech_lead      page.acknowledged page-1
    10   world          level.changed larder level=degraded
    12   world          site.ejected dc2
    12.2 world          alert.fired dc2_down severity=page site=dc2 title=DC2_down
"""

MANAGED = (
    TRIGGER
    + """
    0    clock          drill.started
    4    director       page.rang page-1 to=tech_lead alert=dc1_down
    5    world          sla.started larder
    7    tech_lead      look.taken dc1 signal=logs
    8    desk_1         ticket.logged INC-1 ticket_kind=incident alert=dc1_down priority=high title=DC1_down
    9    tech_lead      hypothesis.recorded h-1
    14   tech_lead      page.sent commander
    17   commander      role.assumed commander announced
    18   commander      message.sent | larder state degraded
    19   tech_lead      message.sent
    20   commander      doc.opened linked=ticket,channel sections=state,roles,timeline
    21   commander      doc.edited state | larder state degraded
    24   commander      task.assigned t-1 to=tech_lead operation=shed
    25   communications update.sent major next_update_min=30 | larder state degraded; larder since 3; r lead c
    26   tech_lead      operation.started traffic operation=shed job_id=op-1 p.frac=1.0
    28   world          operation.finished op-1 job_id=op-1 operation=shed result=done
    31   commander      doc.edited forecast | ~larder forecast if load passes .62 then users are hit
    50   communications update.sent major next_update_min=30 | larder now shedding
    54   tech_lead      operation.started dc2 operation=readmit job_id=op-2 p.site=dc2 p.weight_frac=1.0
    55   world          site.admitted dc2
    55.2 world          operation.finished op-2 job_id=op-2 operation=readmit result=done target=dc2
    55.5 world          site.ejected dc2
    60   commander      doc.edited tried | dc2 tried readmit: failed
    75   communications update.sent major next_update_min=30 | larder tried readmit
    80   commander      decision.made
    100  communications update.sent major next_update_min=30 | larder now warming
    110  world          alert.fired dc3_full severity=page site=dc3 title=DC3_saturation
    111  communications update.sent major next_update_min=30 | dc3 impact full
    112  commander      task.assigned t-2 to=tech_lead operation=cap_retries
    115  commander      page.sent developer
    120  developer      doc.viewed
    125  commander      task.assigned t-3 to=developer
    126  developer      task.acknowledged t-3
    130  communications update.sent major next_update_min=30 | larder now returning_dc2
    140  tech_lead      operation.started dc2 operation=staged_return job_id=op-3 p.site=dc2
    141  world          site.admitted dc2
    150  world          operation.finished op-3 job_id=op-3 operation=staged_return result=done target=dc2
    155  world          level.changed larder level=up
    155  world          mitigation.reached larder
    158  communications update.sent major next_update_min=30 | larder state up
    160  tech_lead      hypothesis.confirmed h-1
    170  world          site.admitted dc1
    180  world          recovered.reached larder
    182  commander      ticket.resolved INC-1 code=restored
    184  commander      ticket.returned INC-1
    186  desk_1         end_user.asked INC-1
    190  persona        user.answered INC-1 satisfied=true
    195  desk_1         ticket.closed INC-1
"""
    # Who agrees to the forecast, what stands on the record, and the desk's own look.
    + """
    32.5 tech_lead      message.sent | ~larder forecast if load passes .62 then users are hit
    26.5 commander      doc.edited timeline links=commander,op-1
    118  commander      doc.edited timeline links=developer
    143  commander      doc.edited timeline links=op-3
    178  desk_1         look.taken larder signal=user_side
    181  desk_1         service.confirmed INC-1 state=up
"""
    # A relief for the one who repairs: sought, handed over by video, said aloud.
    + """
    128  commander      staff.sought tech_lead person=relief4
    131  persona        staff.answered relief4 role=tech_lead accepts=true
    161  commander      call.started call-1 to=tech_lead,relief4 medium=video
    162  persona        call.joined call-1 who=relief4
    168  commander      call.noted call-1
    168  tech_lead      role.handed_off tech_lead to=relief4
    169  commander      role.announced tech_lead holder=relief4
    170  tech_lead      role.confirmed tech_lead
    171  commander      doc.edited timeline links=tech_lead,call-1
"""
    # Looked back on within the day.
    + """
    260  commander      retro.held present=commander,tech_lead,communications,desk_1,developer
    262  tech_lead      factor.added factor-1 factor_kind=tooling link=rb-2
    263  commander      factor.added factor-2 factor_kind=process link=op-2
    266  commander      follow_up.created fu-1 owner=tech_lead due=3_days work_kind=tooling factor=factor-1
    267  commander      follow_up.created fu-2 owner=developer due=5_days work_kind=process factor=factor-2
"""
)

UNMANAGED = (
    TRIGGER
    + """
    0    clock          drill.started
    4    director       page.rang page-1 to=tech_lead alert=dc1_down
    7    tech_lead      look.taken dc1 signal=logs
    20   tech_lead      operation.started dc1 operation=roll_back job_id=op-1 p.site=dc1 target=dc1
    31   world          site.admitted dc1
    31   world          operation.finished op-1 job_id=op-1 operation=roll_back result=done target=dc1
    31.3 world          site.ejected dc1
    45   tech_lead      call.started call-1 to=author medium=phone
    55   director       question.received q-1 from=boss to=tech_lead
    65   tech_lead      question.answered q-1
    257  world          alert.fired dc3_full severity=page site=dc3
    282  world          site.ejected dc3
    282.3 world         total_outage.began larder
    283  world          level.changed larder level=down
    290  tech_lead      operation.started dc3 operation=restart job_id=op-2 p.site=dc3 target=dc3
    293  world          site.admitted dc3
    293  world          operation.finished op-2 job_id=op-2 operation=restart result=done target=dc3
    293.2 world         site.ejected dc3
    370  world          sla.breached larder
"""
)
