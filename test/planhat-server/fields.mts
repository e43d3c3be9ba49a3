/**
 * The names of the fields that each model is known to have, by path. A top-level key that is not here is dropped
 * without an error (reference.md, 7). Churn, line item and time entry are absent: their published tables are
 * incomplete (reference.md, 15 and 16), so everything sent to them is kept.
 */
export const knownFields: Readonly<Record<string, ReadonlySet<string>>> = {
	assets: words(`
		_id externalId sourceId companyId companyName name serialNumber value _currency installDate status ownerId
		ownerName usage followers createdAt updatedAt custom __v
	`),
	campaigns: words(`
		_id externalId sourceId companyId companyName name campaignPurpose custom __v
	`),
	companies: words(`
		_id externalId sourceId name owner coOwner phase status domains tags products csmScore description address
		city zip country phonePrimary web hProfile shareable orgIndependent followers collaborators links documents
		customerFrom customerTo lastRenewal renewalDate renewalDaysFromNow renewalMrr renewalArr mrr arr mr nrr30
		mrrTotal nrrTotal mrTotal h hDiff hDiffDate csmScoreLog phaseSince daysInPhase lastActive lastTouch
		lastTouchType lastTouchByType nextTouch alerts lastActivities usage sunits features licenses sales nps
		sentimentScore autoRenews headId orgRootId orgPath orgLevel orgUnits orgMrr orgArr orgMrrTotal orgArrTotal
		orgHealthTotal orgCount orgPathCount slug createDate createdAt lastUpdated updatedAt custom __v
	`),
	conversations: words(`
		_id externalId companyId companyName subject description snippet date outDate createDate type users endusers
		activityTags starred pinned archived tags autoTags emailTemplateIds isOpen waitsToBeFiltered
		timeBucket numberOfParts numberOfRelevantParts sender history userIds assigneeName isCustomType hasMore
		hasAttachments isSeen owner followers userId nickName companySourceId note createdAt updatedAt source custom
		__v email agentEmail url severity product timeSpent status subType updateDate inDate days
	`),
	customfields: words(`
		_id name type parent isHidden isFeatured isShared isLocked isMandatory isFormula treatUndefinedAsZero formula
		listValues filter formulaRefs numberFormat
	`),
	deals: words(`
		_id externalId sourceId companyId companyName name stage ownerId followers mrr arr total fees currency
		closeDate renewalDate startDate endDate subscriptions custom
	`),
	endusers: words(`
		_id externalId sourceId email companyId companyName firstName lastName name position phone tags featured
		primary archived otherEmails npsUnsubscribed sharedNotificationsPrefs lastActive lastTouch lastTouchType
		lastTouchByType beats beatsTotal beatTrend convs14 convsTotal experience nps npsComment npsDate npsSent
		lastActivities relatedEndusers personas emailMd5 relevance usage createDate createdAt updatedAt custom __v
	`),
	invoices: words(`
		_id cId cName currency product extId sourceId invoiceDate dueDate paidDate amountTotal status invoiceNo
		lastUpdated lineItems emails addressCountry invoiceCycle custom __v
	`),
	issues: words(`
		_id sourceId title description companyIds companies enduserIds endusers conversationIds source sourceUrl
		priority status archived followers companyMatchingValue mrrCombined arrCombined createdAt updatedAt custom __v
	`),
	licenses: words(`
		_id externalId sourceId companyId companyName product _currency fromDate toDate fixedPeriod mrr value
		renewalStatus autoRenews renewalPeriod renewalUnit noticePeriod noticeUnit status parent toDateIncluded length
		arr renewalDate renewalDaysFromNow renewalMrr renewalArr isOverdue invoiceCycle invoiceCycleInterval
		invoicesGenerated invoiceMuted issues fcNewMrr fcNewStartDate custom __v
	`),
	nps: words(`
		_id cId email euId campaignId score comment dateSent dateAnswered source sourceId custom __v
	`),
	objectives: words(`
		_id externalId sourceId companyId companyName name health custom __v
	`),
	opportunities: words(`
		_id externalId sourceId companyId companyName title salesStage status ownerId _currency mrr arr nrr
		contractLength probability dealDate landingDate closeDate stageHistory custom __v
	`),
	products: words(`
		_id externalId sourceId name type mrr arr value currency fixedPeriod autoRenews length renewalMrr renewalArr
		renewalPeriod noticePeriod noticeUnit packages color custom createdAt updatedAt
	`),
	projects: words(`
		_id externalId sourceId companyId companyName name currency startDate endDate mrr arr nrr custom __v
	`),
	sales: words(`
		_id externalId sourceId companyId companyName _currency product salesDate value custom __v
	`),
	tasks: words(`
		_id externalId sourceId companyId companyName mainType action description type status startTime endTime
		dateDone ownerId ownerName repeat repeatDays noSpecificTime shared overdueNotified isArchived activityTags
		endusers users checklist snippet doneBy createdAt updatedAt custom __v
	`),
	timesheets: words(`
		_id status timeEntries dateFrom dateTo assignedModel assignedId approvedBy dateOfApproval createdAt updatedAt
		__v
	`),
	users: words(`
		_id email nickName firstName lastName externalId roles inactive isHidden notificationsEnabled
		isExposedAsSenderOption managers teams tzOffset defaultMeetingLength defaultCurrencyId image permissions
		radarOneLine taskFilter companyFilter compressedView customerCount removed createDate createdAt updatedAt
		custom __v
	`),
	workspaces: words(`
		_id externalId sourceId companyId companyName name ownerId custom __v
	`),
};

function words(text: string): ReadonlySet<string> {
	return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
