CREATE TABLE "event_keys" (
	"event_id" text NOT NULL,
	"position" integer NOT NULL,
	"key" text NOT NULL,
	"key_hash" text NOT NULL,
	"bare_key_hash" text NOT NULL,
	"url" text NOT NULL,
	"parameters" text[] NOT NULL,
	"listed" boolean NOT NULL,
	"claimed" boolean NOT NULL,
	CONSTRAINT "event_keys_event_id_position_pk" PRIMARY KEY("event_id","position")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"visibility" text NOT NULL,
	"call_seconds" integer NOT NULL,
	"opens_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"closed" boolean DEFAULT false NOT NULL,
	"owner_secret_hash" text NOT NULL,
	"invite_token_hash" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "met_pairs" (
	"event_id" text NOT NULL,
	"low_member" text NOT NULL,
	"high_member" text NOT NULL,
	"met_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "met_pairs_event_id_low_member_high_member_pk" PRIMARY KEY("event_id","low_member","high_member")
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event_keys" ADD CONSTRAINT "event_keys_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "met_pairs" ADD CONSTRAINT "met_pairs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "event_keys_claimed" ON "event_keys" USING btree ("key_hash") WHERE "event_keys"."claimed";--> statement-breakpoint
CREATE INDEX "event_keys_lookup" ON "event_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE INDEX "event_keys_bare_lookup" ON "event_keys" USING btree ("bare_key_hash");