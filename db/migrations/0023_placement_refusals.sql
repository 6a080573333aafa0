CREATE TABLE "placement_refusal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"placement_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"institution_id" uuid NOT NULL,
	"capacity" text NOT NULL,
	"comments" text NOT NULL,
	"refused_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "placement_refusal_versionId_unique" UNIQUE("version_id"),
	CONSTRAINT "placement_refusal_length" CHECK (char_length("placement_refusal"."comments") between 1 and 4000)
);
--> statement-breakpoint
ALTER TABLE "placement_refusal" ADD CONSTRAINT "placement_refusal_placement_id_placement_id_fk" FOREIGN KEY ("placement_id") REFERENCES "public"."placement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_refusal" ADD CONSTRAINT "placement_refusal_version_id_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_refusal" ADD CONSTRAINT "placement_refusal_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "placement_refusal" ADD CONSTRAINT "placement_refusal_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "placement_refusal_of" ON "placement_refusal" USING btree ("placement_id");