import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { countTouchpoints, csv, importProposed } from "../../test/recipe-files.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

/** Events of one import as «ticket touchpoint time», with who, score and properties. */
const story = (importId: number) =>
  workspace.events.query(
    `SELECT concat(objectIds[1], ' ', touchpoint, ' ', toString(toDateTime(time, 'UTC'))) AS what, customerId AS who, channel, score, properties AS p
     FROM raw WHERE import = {id:UInt32} ORDER BY objectIds[1], time, rule`,
    { params: { id: importId } },
  );

describe("zendesk", () => {
  const TICKET =
    "id,_fivetran_synced,allow_channelback,assignee_id,brand_id,created_at,description,due_at,external_id,forum_topic_id,group_id,has_incidents,is_public,organization_id,priority,problem_id,recipient,requester_id,status,subject,submitter_id,system_client,ticket_form_id,type,updated_at,url,via_channel,via_source_from_id";
  const USER =
    "id,_fivetran_synced,active,created_at,email,external_id,locale,name,organization_id,role,suspended,verified";
  const ticket = (id: number, by: number, status: string, created: string, updated: string, via = "web") => ({
    ...{ id, status, requester_id: by, submitter_id: by, created_at: created, updated_at: updated, via_channel: via },
    ...{ subject: `Question, ${id}`, priority: "normal" },
  });
  const comment = (ticket_id: number, user_id: number, created: string, open = "TRUE") => ({
    ...{ ticket_id, user_id, created, public: open, body: "…" },
  });
  const solved = (ticket_id: number, value: string, updated: string) => ({
    ...{ field_name: "status", ticket_id, value, updated },
  });

  it("tells tickets from the tables of a warehouse", async () => {
    const report = await importProposed(workspace, {
      "ticket_data.csv": csv(TICKET, [
        ticket(10, 2, "closed", "2024-01-01 09:00:00", "2024-01-09 00:00:00"),
        ticket(11, 3, "solved", "2024-01-02 09:00:00", "2024-01-03 12:00:00", "email"),
        ticket(12, 2, "deleted", "2024-01-02 10:00:00", "2024-01-02 11:00:00"),
        { ...ticket(13, 2, "open", "2024-01-04 09:00:00", "2024-01-04 09:00:00", "voice"), submitter_id: 1 },
      ]),
      "user_data.csv": csv(USER, [
        { id: 1, email: "arthur@shop.example", role: "agent", verified: "TRUE" },
        { id: 2, email: "Ann@Example.com", role: "end-user", verified: "TRUE" },
        { id: 3, role: "end-user", verified: "FALSE" },
      ]),
      // Of the two public answers the later stands first; a note inside the house and a text by the agent are none.
      "ticket_comment_data.csv": csv("id,_fivetran_synced,body,created,public,ticket_id,user_id", [
        comment(10, 2, "2024-01-01 09:00:00"),
        comment(10, 1, "2024-01-02 10:00:00"),
        comment(10, 1, "2024-01-01 09:10:00", "FALSE"),
        comment(10, 1, "2024-01-01 10:30:00"),
        comment(12, 1, "2024-01-02 10:30:00"),
        comment(13, 1, "2024-01-04 09:00:00"),
      ]),
      "ticket_field_history_data.csv": csv("field_name,ticket_id,updated,_fivetran_synced,user_id,value", [
        solved(10, "solved", "2024-01-01 12:00:00"),
        solved(10, "open", "2024-01-01 18:00:00"),
        solved(10, "solved", "2024-01-02 12:00:00"),
        { field_name: "priority", ticket_id: 10, value: "high", updated: "2024-01-01 09:30:00" },
      ]),
      "satisfaction_rating.csv": csv("id,ticket_id,requester_id,score,comment,created_at,updated_at", [
        { id: 1, ticket_id: 10, requester_id: 2, score: "good", comment: "Quick!", updated_at: "2024-01-03 08:00:00" },
        { id: 2, ticket_id: 11, requester_id: 3, score: "offered", updated_at: "2024-01-03 13:00:00" },
      ]),
      "brand_data.csv": "id,active,name\n1,TRUE,Shop\n",
    });
    expect(report.mapping).toMatchObject({ by: "recipe", recipe: "zendesk" });
    expect(report.events).toEqual({
      ...{ read: 19, added: 8, duplicate: 0, rejected: 0 },
      skipped: { "deleted ticket": 1, "no event rule applies": 7 },
    });
    expect(report.customers).toBe(2);
    expect(report.warnings.join()).toContain("ignored: brand_data.csv");
    const ann = { who: "ann@example.com", channel: "web" };
    expect(await story(report.id)).toMatchObject([
      { what: "10 Ticket Opened 2024-01-01 09:00:00", ...ann, p: { subject: "Question, 10", status: "closed" } },
      { what: "10 Ticket Answered 2024-01-01 10:30:00", ...ann, p: { hoursWaited: "1.5", replies: "2" } },
      { what: "10 Ticket Solved 2024-01-01 12:00:00", ...ann, p: { hoursOpen: "3" } },
      { what: "10 Ticket Solved 2024-01-02 12:00:00", ...ann, p: { hoursOpen: "27" } },
      { what: "10 Satisfaction Answered 2024-01-03 08:00:00", ...ann, score: 1, p: { comment: "Quick!" } },
      { what: "11 Ticket Opened 2024-01-02 09:00:00", who: "zendesk-3", channel: "email" },
      { what: "11 Ticket Solved 2024-01-03 12:00:00", who: "zendesk-3", p: { dated: "last change" } },
      { what: "13 Ticket Opened 2024-01-04 09:00:00", who: "ann@example.com", channel: "voice" },
    ]);
  });

  it("tells tickets from its CSV export", async () => {
    const header =
      "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,Assigned at,Organization,Due date,Initially assigned at,Solved at,Resolution time,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,First reply time in minutes,First reply time in minutes within business hours,First resolution time in minutes,Full resolution time in minutes,Requester wait time in minutes";
    const report = await importProposed(workspace, {
      "tickets.csv": csv(header, [
        {
          ...{ Id: 501, Requester: "Ann", "Requester id": 2, "Requester email": "Ann@Example.com", Via: "Web Form" },
          ...{
            Status: "Closed",
            Subject: "Where is it?",
            "Created at": "2024-02-01 09:00",
            "Updated at": "2024-02-09 09:00",
          },
          ...{
            "Solved at": "2024-02-01 12:00",
            "Satisfaction Score": "Good",
            "First reply time in minutes": 45,
            Replies: 2,
          },
        },
        {
          ...{
            Id: 502,
            Requester: "Bob",
            "Requester id": 77,
            Via: "Mail",
            Status: "Open",
            "Created at": "2024-02-02 09:00",
          },
          "Satisfaction Score": "Offered",
        },
        { Id: 503, Requester: "Eve", Status: "Deleted", "Created at": "2024-02-02 09:00" },
      ]),
    });
    expect(report.mapping.recipe).toBe("zendesk");
    expect(report.events).toMatchObject({ read: 3, added: 5, rejected: 0, skipped: { "deleted ticket": 1 } });
    expect(await story(report.id)).toMatchObject([
      { what: "501 Ticket Opened 2024-02-01 09:00:00", who: "ann@example.com", channel: "web form" },
      { what: "501 Ticket Answered 2024-02-01 09:45:00", p: { hoursWaited: "0.75", replies: "2" } },
      { what: "501 Ticket Solved 2024-02-01 12:00:00", p: { hoursOpen: "3" } },
      { what: "501 Satisfaction Answered 2024-02-01 12:00:00", score: 1, p: { dated: "no earlier than" } },
      { what: "502 Ticket Opened 2024-02-02 09:00:00", who: "zendesk-77", channel: "mail" },
    ]);
  });
});

it("zendesk: tickets as its incremental export answers, with the rating of each", async () => {
  const ticket = (id: number, channel: string, rest: Readonly<Record<string, unknown>>) => ({
    ...{
      url: `https://shop.zendesk.com/api/v2/tickets/${id}.json`,
      id,
      external_id: null,
      via: { channel, source: {} },
    },
    ...{ created_at: "2024-02-01T09:00:00Z", updated_at: "2024-02-09T09:00:00Z", generated_timestamp: 1707469200 },
    ...{ type: null, subject: "Help", priority: "high", status: "open", requester_id: id + 1, submitter_id: id + 1 },
    ...{ tags: ["vip"], custom_fields: [], satisfaction_rating: { score: "unoffered" }, ...rest },
  });
  const metrics = (solved_at: string | null) => ({ metric_set: { reopens: 0, replies: 2, solved_at } });
  const tickets = [
    ticket(10, "web", {
      ...{ status: "closed", satisfaction_rating: { id: 1, score: "good", comment: "Quick!" } },
      ...metrics("2024-02-02T09:00:00Z"),
    }),
    ticket(20, "email", { status: "solved", satisfaction_rating: { id: 2, score: "bad" } }),
    ticket(30, "api", metrics(null)),
  ];
  const page = { count: 3, end_of_stream: true, end_time: 1707469200, next_page: "https://shop.zendesk.com/api/v2" };
  const report = await importProposed(workspace, { "page.json": JSON.stringify({ tickets, ...page }) });
  expect(report.mapping.recipe).toBe("zendesk");
  expect(report.events).toMatchObject({ read: 3, added: 7, rejected: 0 });
  expect(await story(report.id)).toMatchObject([
    { what: "10 Ticket Opened 2024-02-01 09:00:00", who: "zendesk-11", channel: "web", p: { subject: "Help" } },
    { what: "10 Ticket Solved 2024-02-02 09:00:00", p: {} },
    {
      what: "10 Satisfaction Answered 2024-02-02 09:00:00",
      score: 1,
      p: { comment: "Quick!", dated: "no earlier than" },
    },
    { what: "20 Ticket Opened 2024-02-01 09:00:00", channel: "email" },
    { what: "20 Ticket Solved 2024-02-09 09:00:00", p: { dated: "last change" } },
    { what: "20 Satisfaction Answered 2024-02-09 09:00:00", score: 0, p: { dated: "last change" } },
    { what: "30 Ticket Opened 2024-02-01 09:00:00", channel: "api" },
  ]);
});

it("freshdesk: tickets and ratings as its API answers", async () => {
  const ticket = (id: number, source: number, status: number, rest: Readonly<Record<string, unknown>>) => ({
    ...{
      cc_emails: ["x@example.com"],
      fr_escalated: false,
      spam: false,
      group_id: 2,
      priority: 1,
      requester_id: id + 1,
    },
    ...{ responder_id: null, source, company_id: 1, status, subject: "Please help", id, type: "Lead" },
    ...{ created_at: "2024-02-01T08:00:00Z", updated_at: "2024-02-05T08:00:00Z", due_by: "2024-02-04T08:00:00Z" },
    ...{ fr_due_by: "2024-02-02T08:00:00Z", is_escalated: false, custom_fields: { category: "Primary" }, ...rest },
  });
  const requester = { id: 19, name: "Ann", email: "Ann@Example.com", mobile: null };
  const stats = {
    ...{ agent_responded_at: "2024-02-01T09:30:00Z", first_responded_at: "2024-02-01T09:30:00Z", reopened_at: null },
    ...{ resolved_at: "2024-02-02T08:00:00Z", closed_at: "2024-02-05T08:00:00Z", pending_since: null },
  };
  const rating = (id: number, ticket_id: number, answer: number) => ({
    ...{ id, survey_id: 1, user_id: ticket_id + 1, agent_id: 1, feedback: "Thanks", group_id: 2, ticket_id },
    ...{
      ratings: { default_question: answer },
      created_at: "2024-02-06T08:00:00Z",
      updated_at: "2024-02-06T08:00:00Z",
    },
  });
  const report = await importProposed(workspace, {
    "tickets.json": JSON.stringify([ticket(18, 2, 5, { requester, stats }), ticket(28, 3, 2, {})]),
    "satisfaction_ratings.json": JSON.stringify([rating(1, 18, 103), rating(2, 28, -101)]),
  });
  expect(report.mapping.recipe).toBe("freshdesk");
  expect(report.events).toMatchObject({ read: 4, added: 7, rejected: 0 });
  expect(await story(report.id)).toMatchObject([
    {
      what: "18 Ticket Opened 2024-02-01 08:00:00",
      who: "ann@example.com",
      channel: "portal",
      p: { status: "Closed", priority: "Low" },
    },
    { what: "18 Ticket Answered 2024-02-01 09:30:00", p: { hoursWaited: "1.5" } },
    { what: "18 Ticket Solved 2024-02-02 08:00:00", p: { hoursOpen: "24" } },
    { what: "18 Ticket Closed 2024-02-05 08:00:00" },
    { what: "18 Satisfaction Answered 2024-02-06 08:00:00", who: "ann@example.com", score: 5 },
    { what: "28 Ticket Opened 2024-02-01 08:00:00", who: "freshdesk-29", channel: "phone", p: { status: "Open" } },
    { what: "28 Satisfaction Answered 2024-02-06 08:00:00", who: "freshdesk-29", score: 2, p: { comment: "Thanks" } },
  ]);
});

it("freshdesk: tickets, waits, promises and surveys", async () => {
  const header =
    "Ticket ID,Subject,Description,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags,Survey results,Product,Full name,Title,Email,Work phone,Mobile phone,Twitter ID,Time zone,Language,Contact ID,Company Name";
  const report = await importProposed(workspace, {
    "tickets-february.csv": csv(header, [
      {
        ...{ "Ticket ID": 1, Subject: "Broken", Status: "Closed", Source: "Email", Email: "Ann@Example.com" },
        ...{ "Created time": "2024-02-01 08:00:00", "Initial response time": "2024-02-01 09:30:00" },
        ...{ "Resolved time": "2024-02-02 08:00:00", "Closed time": "2024-02-05 08:00:00", "Agent interactions": 2 },
        ...{ "First response status": "SLA Violated", "Survey results": "Extremely Happy", "Company Name": "Acme" },
      },
      {
        ...{ "Ticket ID": 2, Status: "Open", Source: "Phone", "Created time": "2024-02-03 08:00:00", "Contact ID": 55 },
        "Survey results": "No Survey Results",
      },
      {
        ...{
          "Ticket ID": 3,
          Status: "Resolved",
          Source: "Portal",
          "Created time": "2024-02-04 08:00:00",
          "Full name": "Kim",
        },
        ...{
          "Initial response time": "2024-02-04 08:15:00",
          "Resolved time": "2024-02-04 10:00:00",
          "Survey results": "Meh",
        },
      },
    ]),
  });
  expect(report.mapping).toMatchObject({ by: "recipe", recipe: "freshdesk" });
  expect(report.events).toEqual({ read: 3, added: 10, duplicate: 0, rejected: 0, skipped: {} });
  expect(await countTouchpoints(workspace, report.id)).toMatchObject([
    { name: "Satisfaction Answered", events: 2, customers: 2 },
    { name: "Ticket Answered", events: 2, customers: 2 },
    { name: "Ticket Closed", events: 1, customers: 1 },
    { name: "Ticket Opened", events: 3, customers: 3 },
    { name: "Ticket Solved", events: 2, customers: 2 },
  ]);
  expect(await story(report.id)).toMatchObject([
    { what: "1 Ticket Opened 2024-02-01 08:00:00", who: "ann@example.com", channel: "email" },
    { what: "1 Ticket Answered 2024-02-01 09:30:00", p: { hoursWaited: "1.5", promise: "SLA Violated" } },
    { what: "1 Ticket Solved 2024-02-02 08:00:00", p: { hoursOpen: "24" } },
    { what: "1 Satisfaction Answered 2024-02-02 08:00:00", score: 5, p: { answer: "Extremely Happy" } },
    { what: "1 Ticket Closed 2024-02-05 08:00:00" },
    { what: "2 Ticket Opened 2024-02-03 08:00:00", who: "freshdesk-55" },
    { what: "3 Ticket Opened 2024-02-04 08:00:00", who: "Kim" },
    { what: "3 Ticket Answered 2024-02-04 08:15:00", p: { hoursWaited: "0.25" } },
    { what: "3 Ticket Solved 2024-02-04 10:00:00" },
    { what: "3 Satisfaction Answered 2024-02-04 10:00:00", score: null, p: { answer: "Meh" } },
  ]);
});

describe("chatwoot", () => {
  it("tells conversations from tables of its database", async () => {
    const report = await importProposed(workspace, {
      "conversations.csv": csv(
        "id,account_id,inbox_id,status,assignee_id,created_at,updated_at,contact_id,display_id,contact_inbox_id,uuid,last_activity_at,first_reply_created_at,priority,cached_label_list",
        [
          {
            ...{ id: 901, inbox_id: 1, status: 1, contact_id: 5, display_id: 1, created_at: "2024-03-01 09:00:00.5" },
            ...{ first_reply_created_at: "2024-03-01 09:20:00.5", last_activity_at: "2024-03-02 09:00:00" },
          },
          {
            ...{ id: 902, inbox_id: 2, status: 1, contact_id: 6, display_id: 2, created_at: "2024-03-02 09:00:00" },
            last_activity_at: "2024-03-02 10:00:00",
          },
        ],
      ),
      "contacts.csv": csv("id,name,email,phone_number,account_id,identifier", [
        { id: 5, name: "Ann", email: "Ann@Example.com" },
        { id: 6, name: "Bob" },
      ]),
      "inboxes.csv": csv("id,channel_id,account_id,name,channel_type", [
        { id: 1, channel_id: 1, name: "Site", channel_type: "Channel::WebWidget" },
        { id: 2, channel_id: 1, name: "Mail", channel_type: "Channel::Email" },
      ]),
      "reporting_events.csv": csv(
        "id,name,value,account_id,conversation_id,created_at,event_start_time,event_end_time",
        [
          { id: 1, name: "first_response", value: 1200, conversation_id: 901, created_at: "2024-03-01 09:20:01" },
          {
            ...{
              id: 2,
              name: "conversation_resolved",
              value: 5400,
              conversation_id: 901,
              created_at: "2024-03-01 10:30:01",
            },
            event_end_time: "2024-03-01 10:30:00",
          },
        ],
      ),
      "csat_survey_responses.csv": csv(
        "id,account_id,conversation_id,message_id,rating,feedback_message,contact_id,assigned_agent_id,created_at",
        [
          {
            ...{ conversation_id: 901, rating: 4, feedback_message: "Fine, thanks", contact_id: 5 },
            created_at: "2024-03-01 11:00:00",
          },
        ],
      ),
    });
    expect(report.mapping).toMatchObject({ by: "recipe", recipe: "chatwoot" });
    expect(report.events).toMatchObject({ read: 9, added: 6, rejected: 0 });
    const ann = { who: "ann@example.com", channel: "webwidget" };
    expect(await story(report.id)).toMatchObject([
      { what: "1 Ticket Opened 2024-03-01 09:00:00", ...ann },
      { what: "1 Ticket Answered 2024-03-01 09:20:00", ...ann, p: { hoursWaited: "0.33" } },
      { what: "1 Ticket Solved 2024-03-01 10:30:00", ...ann, p: { hoursOpen: "1.5" } },
      { what: "1 Satisfaction Answered 2024-03-01 11:00:00", ...ann, score: 4, p: { comment: "Fine, thanks" } },
      { what: "2 Ticket Opened 2024-03-02 09:00:00", who: "chatwoot-6", channel: "email" },
      { what: "2 Ticket Solved 2024-03-02 10:00:00", who: "chatwoot-6", p: { dated: "last activity" } },
    ]);
  });

  it("tells them from JSON of its API, and answers from its report", async () => {
    const talk = (id: number, status: string, email: string | null, reply: number) => ({
      meta: { sender: { id: 70 + id, email, name: "…" }, channel: "Channel::Whatsapp", hmac_verified: false },
      ...{ id, account_id: 1, inbox_id: 3, status, can_reply: true, created_at: 1709283600, labels: [] },
      ...{ first_reply_created_at: reply, last_activity_at: 1709290800, priority: null },
    });
    const api = [talk(31, "resolved", "Ann@Example.com", 1709287200), talk(32, "open", null, 0)];
    const talks = await importProposed(workspace, { "talks.jsonl": api.map((one) => JSON.stringify(one)).join("\n") });
    expect(talks.mapping).toMatchObject({ by: "recipe", recipe: "chatwoot" });
    expect(await story(talks.id)).toMatchObject([
      { what: "31 Ticket Opened 2024-03-01 09:00:00", who: "ann@example.com", channel: "whatsapp" },
      { what: "31 Ticket Answered 2024-03-01 10:00:00", p: { hoursWaited: "1" } },
      { what: "31 Ticket Solved 2024-03-01 11:00:00", p: { dated: "last activity" } },
      { what: "32 Ticket Opened 2024-03-01 09:00:00", who: "chatwoot-102" },
    ]);
    const header =
      "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,Link to the conversation,Recorded date";
    const answers = await importProposed(workspace, {
      "csat_report.csv": `${csv(header, [
        {
          ...{ "Agent Name": "Kim (kim@shop.example)", Rating: 2, "Contact Email Address": "ann@example.com" },
          ...{ "Link to the conversation": "https://chat.example/app/accounts/1/conversations/31" },
          "Recorded date": "2024-03-01 12:00:00 UTC",
        },
      ])}Reporting period 2024-03-01 to 2024-03-31\n`,
    });
    expect(answers.events).toMatchObject({ read: 2, added: 1 });
    expect(await story(answers.id)).toMatchObject([
      { what: "31 Satisfaction Answered 2024-03-01 12:00:00", who: "ann@example.com", score: 2 },
    ]);
  });
});
