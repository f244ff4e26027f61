<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>Actions</name>
    <message numerus="yes">
      <source>%n chosen</source>
      <translation>
        <numerusform>已选 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin</source>
      <translation>开始备货</translation>
    </message>
    <message>
      <source>Cannot be served…</source>
      <translation>无法供货…</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>标签</translation>
    </message>
    <message>
      <source>Packed</source>
      <translation>已备好</translation>
    </message>
    <message>
      <source>Parcels of each order</source>
      <translation>每单包裹数</translation>
    </message>
    <message>
      <source>Put back…</source>
      <translation>回库…</translation>
    </message>
    <message>
      <source>Shelf (if any)</source>
      <translation>货位（可不填）</translation>
    </message>
    <message>
      <source>Tap the cards that belong together</source>
      <translation>点选要一起处理的订单</translation>
    </message>
  </context>
  <context>
    <name>BackButton</name>
    <message>
      <source>%1 come back</source>
      <translation>退 %1</translation>
    </message>
  </context>
  <context>
    <name>BasketPanel</name>
    <message>
      <source>Basket</source>
      <translation>购物篮</translation>
    </message>
    <message>
      <source>Empty it</source>
      <translation>清空</translation>
    </message>
    <message>
      <source>Pay</source>
      <translation>收款</translation>
    </message>
    <message>
      <source>Tap a product or scan its barcode.</source>
      <translation>点选商品，或扫描条码。</translation>
    </message>
    <message>
      <source>Tap to sell it on its own</source>
      <translation>点按改为单独销售</translation>
    </message>
    <message>
      <source>Total</source>
      <translation>合计</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>随 %1</translation>
    </message>
  </context>
  <context>
    <name>Beside</name>
    <message>
      <source>Goods returned</source>
      <translation>顾客退回</translation>
    </message>
    <message>
      <source>Pressed by mistake</source>
      <translation>误操作</translation>
    </message>
    <message>
      <source>Take %1 back: the goods are on the shelf again</source>
      <translation>撤销 %1 的核销：商品已放回货架</translation>
    </message>
    <message>
      <source>Wrong customer</source>
      <translation>交错顾客</translation>
    </message>
  </context>
  <context>
    <name>BoardPage</name>
    <message>
      <source>%1 is not on the board: it was handed over, cancelled, or belongs elsewhere.</source>
      <translation>%1 不在备货看板上：已交付、已取消，或不属于本店。</translation>
    </message>
    <message>
      <source>%1 must not be packed before %2: it would not be fresh. A manager may allow it.</source>
      <translation>%1 在 %2 之前不能打包，否则不新鲜。店长可以放行。</translation>
    </message>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>Collected early</source>
      <translation>顾客提前来取</translation>
    </message>
    <message>
      <source>Customer is here</source>
      <translation>顾客已到店</translation>
    </message>
    <message>
      <source>Kept cool until then</source>
      <translation>打包后可冷藏保存</translation>
    </message>
    <message>
      <source>No order matches what you look for.</source>
      <translation>没有符合条件的订单。</translation>
    </message>
    <message>
      <source>Nothing to prepare. New orders appear here by themselves.</source>
      <translation>没有要备的货，新订单会自动出现在这里。</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>已逾期</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>备货中</translation>
    </message>
    <message>
      <source>Reading the orders.</source>
      <translation>正在读取订单。</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>已备好</translation>
    </message>
    <message>
      <source>Show everything</source>
      <translation>显示全部</translation>
    </message>
    <message>
      <source>The orders could not be read.</source>
      <translation>订单读不出来。</translation>
    </message>
    <message>
      <source>To prepare</source>
      <translation>待备货</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Undo %1</source>
      <translation>撤销 %1</translation>
    </message>
    <message>
      <source>Waiting</source>
      <translation>待自提</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>暂无</translation>
    </message>
  </context>
  <context>
    <name>Card</name>
    <message>
      <source>Also here for this customer</source>
      <translation>这位顾客还有</translation>
    </message>
    <message>
      <source>Goes well with it</source>
      <translation>搭配推荐</translation>
    </message>
  </context>
  <context>
    <name>CountPanel</name>
    <message>
      <source>A count is a number from 0 up.</source>
      <translation>数量须为 0 或正整数。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Count what is on the shelf</source>
      <translation>盘点货架上的商品</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>实盘</translation>
    </message>
    <message numerus="yes">
      <source>Keep %n figure(s)</source>
      <translation>
        <numerusform>保存 %n 项</numerusform>
      </translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一个</translation>
    </message>
    <message>
      <source>Tap a product</source>
      <translation>请点选商品</translation>
    </message>
    <message>
      <source>Type figures or scan piece by piece: only what you count is changed.</source>
      <translation>输入数量，或逐件扫描；只改动盘点过的商品。</translation>
    </message>
    <message>
      <source>What is above 0 is offered at once, what is 0 no longer.</source>
      <translation>大于 0 的立即上架，0 的下架。</translation>
    </message>
    <message>
      <source>What is left tonight?</source>
      <translation>今晚还剩多少？</translation>
    </message>
  </context>
  <context>
    <name>CustomerDisplay</name>
    <message>
      <source>Please check that everything is there.</source>
      <translation>请核对商品是否齐全。</translation>
    </message>
    <message>
      <source>Please have your pickup code ready.</source>
      <translation>请准备好取货码。</translation>
    </message>
    <message>
      <source>Scan to share with a friend.</source>
      <translation>扫码分享给朋友。</translation>
    </message>
    <message>
      <source>Thank you, see you soon</source>
      <translation>谢谢光临，期待下次再来</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>欢迎光临</translation>
    </message>
    <message>
      <source>Your order</source>
      <translation>您的订单</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>另有 %n 件</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DataPanel</name>
    <message>
      <source>%1 GB free</source>
      <translation>可用 %1 GB</translation>
    </message>
    <message>
      <source>A copy of the data for a folder or USB stick: with the orders, without PINs and keys.</source>
      <translation>把数据复制到文件夹或 U 盘：含订单，不含 PIN 和密钥。</translation>
    </message>
    <message>
      <source>A manager may restore.</source>
      <translation>店长可以恢复。</translation>
    </message>
    <message>
      <source>A manager restores the backup</source>
      <translation>恢复备份需要店长 PIN</translation>
    </message>
    <message>
      <source>A report for support that names no customer and no clerk.</source>
      <translation>给技术支持的报告，不含任何顾客和店员信息。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Back up</source>
      <translation>备份</translation>
    </message>
    <message>
      <source>Backup of %1 from %2. It takes the place of this terminal's data, which are set aside; what this terminal did since is added again.</source>
      <translation>%1 的备份，时间 %2。它会替换本机数据（原数据另行保留），本机在此之后的操作会重新补上。</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>备份文件</translation>
    </message>
    <message>
      <source>Choose a backup…</source>
      <translation>选择备份…</translation>
    </message>
    <message>
      <source>Diagnostics</source>
      <translation>诊断</translation>
    </message>
    <message>
      <source>Into a folder…</source>
      <translation>选择文件夹…</translation>
    </message>
    <message>
      <source>Only a backup of this store; a damaged one or one of a newer release is refused.</source>
      <translation>只能用本店的备份；损坏的或新版本的备份会被拒绝。</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Restore it</source>
      <translation>确认恢复</translation>
    </message>
    <message>
      <source>Restored. HQ is asked for everything that is newer.</source>
      <translation>已恢复。正在向总部获取更新的内容。</translation>
    </message>
    <message>
      <source>Saved and checked: %1 in %2. Now the stick can be taken out.</source>
      <translation>已保存并核对：%1（%2）。现在可以拔出 U 盘。</translation>
    </message>
    <message>
      <source>The backup is being checked.</source>
      <translation>正在检查备份。</translation>
    </message>
    <message>
      <source>The backup is being restored. Please wait.</source>
      <translation>正在恢复备份，请稍候。</translation>
    </message>
    <message>
      <source>The backup is being written and checked.</source>
      <translation>正在写入并核对备份。</translation>
    </message>
    <message>
      <source>To the Sync page</source>
      <translation>前往“同步”页</translation>
    </message>
  </context>
  <context>
    <name>DetailsPanel</name>
    <message>
      <source>%1 of %2 stay here</source>
      <translation>留下 %1 / %2</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Broken</source>
      <translation>破损</translation>
    </message>
    <message>
      <source>Customer does not want it</source>
      <translation>顾客不要</translation>
    </message>
    <message>
      <source>Missing</source>
      <translation>缺货</translation>
    </message>
    <message>
      <source>Name, and how they know the customer</source>
      <translation>姓名及与顾客的关系</translation>
    </message>
    <message>
      <source>Somebody else came:</source>
      <translation>他人代领：</translation>
    </message>
    <message>
      <source>Tap what stays here; HQ pays it back to the customer</source>
      <translation>点选留下的商品，总部会退款给顾客</translation>
    </message>
    <message>
      <source>The customer has the rest</source>
      <translation>其余已交给顾客</translation>
    </message>
    <message>
      <source>Then nothing goes out: go back and say that it stays here.</source>
      <translation>这样就没有交付任何商品：请返回并选择“留在店里”。</translation>
    </message>
  </context>
  <context>
    <name>DonePanel</name>
    <message>
      <source>Change</source>
      <translation>找零</translation>
    </message>
    <message>
      <source>Next sale</source>
      <translation>下一单</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>重新打印</translation>
    </message>
    <message>
      <source>Receipt %1</source>
      <translation>小票 %1</translation>
    </message>
    <message>
      <source>Sold</source>
      <translation>已售出</translation>
    </message>
    <message>
      <source>with %1</source>
      <translation>随 %1</translation>
    </message>
  </context>
  <context>
    <name>DueStrip</name>
    <message>
      <source>Begin</source>
      <translation>开始备货</translation>
    </message>
    <message>
      <source>Begin now: %1</source>
      <translation>现在开工：%1</translation>
    </message>
    <message>
      <source>Seen</source>
      <translation>知道了</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>等另外 %n 单</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EnrolPage</name>
    <message>
      <source>Asking HQ.</source>
      <translation>正在联系总部。</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>连接</translation>
    </message>
    <message>
      <source>Connect this terminal to HQ</source>
      <translation>把本收银台连到总部</translation>
    </message>
    <message>
      <source>Counter 1</source>
      <translation>收银台 1</translation>
    </message>
    <message>
      <source>HQ gives you an address and a one-time code, or a link with both: paste it into any field, or scan its QR code with the USB scanner.</source>
      <translation>总部会给你一个地址和一次性注册码，或一条包含两者的链接：粘贴到任意一栏，或用扫码枪扫总部的二维码。</translation>
    </message>
    <message>
      <source>HQ has taken this terminal in.</source>
      <translation>总部已接纳本收银台。</translation>
    </message>
    <message>
      <source>HQ says otherwise: use it as it is</source>
      <translation>总部另有说明：就用这个地址</translation>
    </message>
    <message>
      <source>HQ's address</source>
      <translation>总部地址</translation>
    </message>
    <message>
      <source>One-time code</source>
      <translation>一次性注册码</translation>
    </message>
    <message>
      <source>Stop waiting</source>
      <translation>不等了</translation>
    </message>
    <message>
      <source>This terminal's name</source>
      <translation>本收银台名称</translation>
    </message>
  </context>
  <context>
    <name>Filters</name>
    <message>
      <source>Choose several</source>
      <translation>多选</translation>
    </message>
    <message>
      <source>Number, name or product</source>
      <translation>单号、姓名或商品</translation>
    </message>
  </context>
  <context>
    <name>Findings</name>
    <message>
      <source>Ends with</source>
      <translation>结尾键</translation>
    </message>
    <message>
      <source>Gaps</source>
      <translation>按键间隔</translation>
    </message>
    <message>
      <source>Scanner</source>
      <translation>扫码设备</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>速度</translation>
    </message>
  </context>
  <context>
    <name>FoundPrinters</name>
    <message>
      <source>For labels</source>
      <translation>打标签</translation>
    </message>
    <message>
      <source>For receipts</source>
      <translation>打小票</translation>
    </message>
    <message>
      <source>Found on this machine</source>
      <translation>本机找到的打印机</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>重新查找</translation>
    </message>
    <message>
      <source>Looking …</source>
      <translation>正在查找…</translation>
    </message>
    <message>
      <source>Network printers do not show up here: type their address in above.</source>
      <translation>网络打印机不会列在这里，请在上面填写地址。</translation>
    </message>
    <message>
      <source>Nothing found. Type the address of a network printer in above.</source>
      <translation>没有找到打印机。网络打印机请在上面填写地址。</translation>
    </message>
  </context>
  <context>
    <name>Frame</name>
    <message numerus="yes">
      <source>%n put aside</source>
      <translation>
        <numerusform>%n 条待处理</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n to send</source>
      <translation>
        <numerusform>%n 条待上传</numerusform>
      </translation>
    </message>
    <message>
      <source>Opening this store's data.</source>
      <translation>正在打开本店数据，请稍候。</translation>
    </message>
    <message>
      <source>Switch the keyboard to English (中/英, usually Shift): the input method swallows the scan.</source>
      <translation>请把键盘切换到英文（中/英，通常按 Shift）：输入法会吞掉扫码内容。</translation>
    </message>
    <message>
      <source>The settings could not be read and begin anew; the old file is kept as %1.</source>
      <translation>设置文件无法读取，已恢复默认设置；原文件保留为 %1。</translation>
    </message>
    <message>
      <source>There is no code in this picture that can be read.</source>
      <translation>这张图片里没有可识别的提货码。</translation>
    </message>
    <message>
      <source>Who is here?</source>
      <translation>当前店员？</translation>
    </message>
  </context>
  <context>
    <name>IncidentCard</name>
    <message>
      <source>A manager closes this incident</source>
      <translation>店长关闭这条异常</translation>
    </message>
    <message>
      <source>Close it</source>
      <translation>处理完毕</translation>
    </message>
  </context>
  <context>
    <name>KeysPage</name>
    <message>
      <source>%1 is taken: %2.</source>
      <translation>%1 已被占用：%2。</translation>
    </message>
    <message>
      <source>Back (Esc)</source>
      <translation>返回（Esc）</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>To change one, tap it and press the new key. Scanning works on every page.</source>
      <translation>要更改，请点一下按键再按下新的快捷键。扫码在任何页面都可用。</translation>
    </message>
    <message>
      <source>Use F1 to F12, or a key together with Ctrl or Alt: the others are needed for typing.</source>
      <translation>请用 F1 到 F12，或与 Ctrl、Alt 组合的键：其他键要留给输入。</translation>
    </message>
    <message>
      <source>Usual keys</source>
      <translation>恢复默认</translation>
    </message>
  </context>
  <context>
    <name>LeavePage</name>
    <message>
      <source>A manager's PIN closes it.</source>
      <translation>需输入店长 PIN 才能关闭。</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>关闭程序</translation>
    </message>
    <message>
      <source>Close the program?</source>
      <translation>要关闭程序吗？</translation>
    </message>
    <message>
      <source>Everything has been sent to HQ.</source>
      <translation>所有记录都已上传总部。</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>不关闭</translation>
    </message>
  </context>
  <context>
    <name>LinePanel</name>
    <message>
      <source>A manager allows it</source>
      <translation>需店长同意</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Damaged</source>
      <translation>商品有损</translation>
    </message>
    <message>
      <source>Last day</source>
      <translation>临期</translation>
    </message>
    <message>
      <source>New price</source>
      <translation>新价格</translation>
    </message>
    <message>
      <source>Pieces</source>
      <translation>件数</translation>
    </message>
    <message>
      <source>Set pieces</source>
      <translation>确定件数</translation>
    </message>
    <message>
      <source>Set price</source>
      <translation>确定价格</translation>
    </message>
    <message>
      <source>Type a number of pieces from 0 to %1.</source>
      <translation>请输入 0 到 %1 的件数。</translation>
    </message>
    <message>
      <source>Type the price like 12.80.</source>
      <translation>请按 12.80 的格式输入价格。</translation>
    </message>
    <message>
      <source>Why another price?</source>
      <translation>为何改价？</translation>
    </message>
  </context>
  <context>
    <name>LineRow</name>
    <message>
      <source>Another number</source>
      <translation>改件数</translation>
    </message>
    <message>
      <source>Another price</source>
      <translation>改价</translation>
    </message>
    <message>
      <source>one less</source>
      <translation>减一件</translation>
    </message>
    <message>
      <source>one more</source>
      <translation>加一件</translation>
    </message>
  </context>
  <context>
    <name>LiveView</name>
    <message>
      <source>The camera cannot be opened: another program may be using it.</source>
      <translation>摄像头打不开，可能正被其他程序使用。</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>正在打开摄像头。</translation>
    </message>
    <message>
      <source>The camera is gone; it is being looked for.</source>
      <translation>摄像头已断开，正在重新查找。</translation>
    </message>
    <message>
      <source>The camera is not plugged in.</source>
      <translation>摄像头未连接。</translation>
    </message>
  </context>
  <context>
    <name>ManagerPanel</name>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>请选择或填写原因。</translation>
    </message>
    <message>
      <source>Allow</source>
      <translation>同意</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Manager's PIN</source>
      <translation>店长 PIN</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>The manager's PIN is missing.</source>
      <translation>请输入店长 PIN。</translation>
    </message>
    <message>
      <source>This PIN was not taken. After several wrong ones there is a pause.</source>
      <translation>PIN 不正确。多次输错后需等待一会儿。</translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong PINs. Try again in %n second(s).</source>
      <translation>
        <numerusform>PIN 输错次数过多，请 %n 秒后再试。</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MovePanel</name>
    <message>
      <source>%1, full</source>
      <translation>%1，已满</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Move it</source>
      <translation>改到这个时间</translation>
    </message>
    <message>
      <source>No other time is free.</source>
      <translation>没有其他可选的时间。</translation>
    </message>
    <message>
      <source>When does the customer want to come?</source>
      <translation>顾客想什么时候来取？</translation>
    </message>
  </context>
  <context>
    <name>NumberPad</name>
    <message>
      <source>Take the last digit back</source>
      <translation>退一格</translation>
    </message>
  </context>
  <context>
    <name>OpenForm</name>
    <message>
      <source>Count the change in the drawer and open the till. Handing orders over works without it.</source>
      <translation>清点钱箱里的零钱后开班。不开班也可以核销交付。</translation>
    </message>
    <message>
      <source>In the drawer</source>
      <translation>钱箱现金</translation>
    </message>
    <message>
      <source>Open the till</source>
      <translation>开班</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>小票</translation>
    </message>
    <message>
      <source>The till is closed</source>
      <translation>尚未开班</translation>
    </message>
    <message>
      <source>Type the amount like 200 or 200.00; 0 if the drawer is empty.</source>
      <translation>请输入金额，例如 200 或 200.00；钱箱为空请输 0。</translation>
    </message>
  </context>
  <context>
    <name>ParkedRow</name>
    <message>
      <source>HQ says: %1</source>
      <translation>总部说：%1</translation>
    </message>
    <message>
      <source>Send again</source>
      <translation>重新上报</translation>
    </message>
  </context>
  <context>
    <name>PastShifts</name>
    <message>
      <source>Earlier shifts</source>
      <translation>以往班次</translation>
    </message>
    <message>
      <source>No shift has been closed here yet.</source>
      <translation>还没有交过班。</translation>
    </message>
    <message>
      <source>Show the report</source>
      <translation>查看报表</translation>
    </message>
    <message>
      <source>matches</source>
      <translation>相符</translation>
    </message>
  </context>
  <context>
    <name>PhotoBox</name>
    <message>
      <source>First tap what stays here.</source>
      <translation>请先点选留下的商品。</translation>
    </message>
    <message>
      <source>Photo of what stays here</source>
      <translation>留下商品的照片</translation>
    </message>
    <message>
      <source>Photo: only with a camera</source>
      <translation>拍照：需要摄像头</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Take a photo</source>
      <translation>拍照</translation>
    </message>
    <message>
      <source>Take again</source>
      <translation>重拍</translation>
    </message>
    <message>
      <source>There is no picture from the camera.</source>
      <translation>摄像头没有画面。</translation>
    </message>
  </context>
  <context>
    <name>Photos</name>
    <message>
      <source>It is handed over. The photo could not be kept: the disk is almost full.</source>
      <translation>已交付。照片未能保存：磁盘空间将满。</translation>
    </message>
  </context>
  <context>
    <name>PickView</name>
    <message>
      <source>%1: %2</source>
      <comment>when, how much</comment>
      <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s) to fetch</source>
      <translation>
        <numerusform>待拣 %n 件</numerusform>
      </translation>
    </message>
    <message>
      <source>Everything is fetched</source>
      <translation>已全部拣齐</translation>
    </message>
    <message>
      <source>From – until</source>
      <translation>自选时段</translation>
    </message>
    <message>
      <source>It waits for a printer: choose one in the settings.</source>
      <translation>正在等待打印机：请在设置中选择。</translation>
    </message>
    <message>
      <source>Next 2 hours</source>
      <translation>两小时内</translation>
    </message>
    <message>
      <source>Next window</source>
      <translation>下一时段</translation>
    </message>
    <message>
      <source>Nothing of this kind to fetch. Tap All to see the rest.</source>
      <translation>这一温区没有要拣的商品，点“全部”查看其他。</translation>
    </message>
    <message>
      <source>Nothing to fetch for this time: everything is packed, or nothing was ordered.</source>
      <translation>这段时间无需拣货：已全部备好，或没有订单。</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Reading the orders.</source>
      <translation>正在读取订单。</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>Tomorrow</source>
      <translation>明天</translation>
    </message>
    <message>
      <source>Windows that open from</source>
      <translation>自提开始时间：从</translation>
    </message>
    <message>
      <source>until before</source>
      <translation>到（不含）</translation>
    </message>
  </context>
  <context>
    <name>Presenter</name>
    <message>
      <source>A manager allows this hand-over</source>
      <translation>店长同意本次交付</translation>
    </message>
    <message>
      <source>A price has changed meanwhile: look at the basket again.</source>
      <translation>价格刚有变动，请再核对购物篮。</translation>
    </message>
    <message>
      <source>Arranged by phone</source>
      <translation>已电话约定</translation>
    </message>
    <message>
      <source>Checked at the main counter</source>
      <translation>已向主收银台确认</translation>
    </message>
    <message>
      <source>First finish %1: does the customer have it?</source>
      <translation>请先完成 %1：顾客拿到了吗？</translation>
    </message>
    <message>
      <source>First give back what the customer has paid: tap it.</source>
      <translation>请先退还顾客已付的款：点一下即可撤回。</translation>
    </message>
    <message>
      <source>Goods are still good</source>
      <translation>商品状态良好</translation>
    </message>
    <message>
      <source>HQ took a product off the catalogue: it is no longer in the basket.</source>
      <translation>总部下架了一个商品，已从购物篮移除。</translation>
    </message>
    <message>
      <source>No product of this store has the barcode %1.</source>
      <translation>本店没有条码为 %1 的商品。</translation>
    </message>
    <message numerus="yes">
      <source>Right. %n parcel(s) of this order still to come.</source>
      <translation>
        <numerusform>正确。此订单还有 %n 件。</numerusform>
      </translation>
    </message>
    <message>
      <source>Wrong parcel: this is %1, the customer gets %2. Put it back.</source>
      <translation>拿错了：这是 %1，顾客的是 %2。请放回。</translation>
    </message>
  </context>
  <context>
    <name>PrintPreview</name>
    <message>
      <source>So it looks</source>
      <translation>打印效果</translation>
    </message>
  </context>
  <context>
    <name>PrinterForm</name>
    <message>
      <source>Labels</source>
      <translation>标签打印机</translation>
    </message>
    <message>
      <source>Open drawer</source>
      <translation>开钱箱</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>小票打印机</translation>
    </message>
    <message>
      <source>Test page</source>
      <translation>测试页</translation>
    </message>
  </context>
  <context>
    <name>PrinterWatch</name>
    <message>
      <source>%1: %2</source>
      <translation>%1：%2</translation>
    </message>
    <message numerus="yes">
      <source>%n waiting</source>
      <translation>
        <numerusform>还有 %n 份待打印。</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProductFilter</name>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
    <message>
      <source>Find a product</source>
      <translation>查找商品</translation>
    </message>
    <message>
      <source>Name or barcode</source>
      <translation>品名或条码</translation>
    </message>
  </context>
  <context>
    <name>Products</name>
    <message>
      <source>No product matches what you look for.</source>
      <translation>没有符合条件的商品。</translation>
    </message>
    <message>
      <source>No products yet: they come from HQ by themselves.</source>
      <translation>还没有商品：总部会自动下发。</translation>
    </message>
    <message>
      <source>Products</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Receipts</source>
      <translation>小票</translation>
    </message>
  </context>
  <context>
    <name>PutBackPanel</name>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>请选择或填写原因。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Customer comes another day</source>
      <translation>顾客改天来取</translation>
    </message>
    <message>
      <source>No longer good</source>
      <translation>已不能出售</translation>
    </message>
    <message>
      <source>Nobody came</source>
      <translation>无人来取</translation>
    </message>
    <message numerus="yes">
      <source>Put %n order(s) back: why?</source>
      <translation>
        <numerusform>%n 单回库，原因是？</numerusform>
      </translation>
    </message>
    <message>
      <source>Put back</source>
      <translation>回库</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>What is good can be sold again, the rest is taken off in Stock. The order stays open at HQ.</source>
      <translation>完好的商品可以再售，其余请在“库存”里扣减。订单在总部仍未关闭。</translation>
    </message>
  </context>
  <context>
    <name>QuarterPanel</name>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n 单</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n too many</source>
      <translation>
        <numerusform>超出 %n 单</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Begin these %n now</source>
      <translation>
        <numerusform>这 %n 单现在开工</numerusform>
      </translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>更早</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>更晚</translation>
    </message>
    <message>
      <source>No order.</source>
      <translation>没有订单。</translation>
    </message>
    <message>
      <source>Tap a bar to see what falls into it.</source>
      <translation>点一根柱子，查看这一刻钟的订单。</translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>另有 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>begin before: %1</source>
      <translation>建议提前开工：%1</translation>
    </message>
    <message>
      <source>no room before: get help, or tell HQ</source>
      <translation>之前也排不下：请加人手，或告知总部</translation>
    </message>
  </context>
  <context>
    <name>QueuePanel</name>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>还有 %n 项</numerusform>
      </translation>
    </message>
    <message>
      <source>Close it</source>
      <translation>收起</translation>
    </message>
    <message>
      <source>Give it up</source>
      <translation>放弃</translation>
    </message>
    <message>
      <source>Look at it</source>
      <translation>预览</translation>
    </message>
    <message>
      <source>Nothing waits.</source>
      <translation>没有等待打印的内容。</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>重试</translation>
    </message>
    <message>
      <source>Waiting to be printed</source>
      <translation>等待打印</translation>
    </message>
  </context>
  <context>
    <name>ReadyPage</name>
    <message numerus="yes">
      <source>%n person(s) have a PIN from HQ: signing in by PIN can be switched on.</source>
      <translation>
        <numerusform>总部已为 %n 人设了 PIN：可以开启 PIN 登录。</numerusform>
      </translation>
    </message>
    <message>
      <source>A printer for receipts is chosen. A test page shows whether it prints.</source>
      <translation>已选好小票打印机。打一张测试页看看是否正常。</translation>
    </message>
    <message>
      <source>Choose a printer</source>
      <translation>选择打印机</translation>
    </message>
    <message>
      <source>Enter is always the big button, Esc goes back, F1 shows every key.</source>
      <translation>回车键就是大按钮，Esc 返回，F1 查看所有快捷键。</translation>
    </message>
    <message>
      <source>Everybody signs in by PIN.</source>
      <translation>每个人都用 PIN 登录。</translation>
    </message>
    <message>
      <source>For receipts and labels: choose a printer and print a test. It can wait.</source>
      <translation>用于小票和标签：选一台打印机并打印测试页。可以以后再做。</translation>
    </message>
    <message>
      <source>Green: fetch and give. Yellow: first do what the card says. Red: give nothing.</source>
      <translation>绿色：取货交付。黄色：先按卡片提示处理。红色：不要交付。</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>No order is here yet. They arrive by themselves while the line to HQ stands.</source>
      <translation>还没有订单。与总部连通时会自动收到。</translation>
    </message>
    <message>
      <source>Nobody has a PIN yet: HQ gives them. The counter works without.</source>
      <translation>还没有人有 PIN：由总部设置。没有 PIN 也能核销。</translation>
    </message>
    <message>
      <source>Scan a test code: the program says whether your scanner does it well.</source>
      <translation>扫一下测试码：程序会告诉您扫码枪是否正常。</translation>
    </message>
    <message>
      <source>Scan the customer's code, or type the short code or the phone's last four digits.</source>
      <translation>扫顾客的提货码，或输入短码、手机号后四位。</translation>
    </message>
    <message>
      <source>Sign in by PIN…</source>
      <translation>PIN 登录…</translation>
    </message>
    <message>
      <source>Test the scanner</source>
      <translation>测试扫码枪</translation>
    </message>
    <message>
      <source>The first order is here: %1, wanted %2.</source>
      <translation>第一笔订单已到：%1，取货时间 %2。</translation>
    </message>
    <message>
      <source>The scanner works: a code was read.</source>
      <translation>扫码枪正常：已读到一个码。</translation>
    </message>
    <message>
      <source>This terminal belongs to %1 now</source>
      <translation>本机已加入 %1</translation>
    </message>
    <message>
      <source>This terminal is ready</source>
      <translation>本机已就绪</translation>
    </message>
    <message>
      <source>To the counter (Enter)</source>
      <translation>开始核销（回车）</translation>
    </message>
    <message>
      <source>Who is at the counter? The name stands beside every hand-over.</source>
      <translation>谁在收银台？每次交付都会记下这个姓名。</translation>
    </message>
  </context>
  <context>
    <name>RefundPanel</name>
    <message>
      <source>A manager takes this sale back</source>
      <translation>需店长同意退货</translation>
    </message>
    <message>
      <source>A receipt number has digits only: it stands on top of the receipt.</source>
      <translation>小票号只有数字，印在小票上方。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Changed mind</source>
      <translation>顾客不要了</translation>
    </message>
    <message>
      <source>Everything of this receipt has come back already.</source>
      <translation>这张小票的商品已全部退回。</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>查找</translation>
    </message>
    <message>
      <source>It goes back as %1</source>
      <translation>退回方式：%1</translation>
    </message>
    <message>
      <source>Not good</source>
      <translation>质量问题</translation>
    </message>
    <message>
      <source>Paid back. The receipt for it is being printed.</source>
      <translation>已退款，正在打印退款小票。</translation>
    </message>
    <message>
      <source>Pay back %1</source>
      <translation>退款 %1</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>重新打印</translation>
    </message>
    <message>
      <source>Receipt number</source>
      <translation>小票号</translation>
    </message>
    <message>
      <source>Receipts and goods that come back</source>
      <translation>小票与退货</translation>
    </message>
    <message>
      <source>The till is closed: open it to take goods back.</source>
      <translation>尚未开班：开班后才能退货。</translation>
    </message>
    <message>
      <source>Wrong goods</source>
      <translation>拿错商品</translation>
    </message>
  </context>
  <context>
    <name>RejectPanel</name>
    <message>
      <source>%1 cannot be served: tap what is missing, and say why</source>
      <translation>%1 无法供货：点选缺少的商品，并说明原因</translation>
    </message>
    <message>
      <source>%1 of %2 missing</source>
      <translation>缺 %1／共 %2</translation>
    </message>
    <message>
      <source>A reason is missing: choose one or write it.</source>
      <translation>还缺原因：请选一个或写下来。</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Broken</source>
      <translation>破损</translation>
    </message>
    <message>
      <source>Not to be found</source>
      <translation>找不到货</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>原因</translation>
    </message>
    <message>
      <source>Sold at the counter</source>
      <translation>门店已售出</translation>
    </message>
    <message>
      <source>Tap the goods that are missing.</source>
      <translation>请点选缺少的商品。</translation>
    </message>
    <message>
      <source>Tell HQ</source>
      <translation>上报总部</translation>
    </message>
  </context>
  <context>
    <name>Reminder</name>
    <message numerus="yes">
      <source>And %n more.</source>
      <translation>
        <numerusform>另有 %n 单。</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin now: %1, wanted %2.</source>
      <translation>该开始制作了：%1，取货时间 %2。</translation>
    </message>
  </context>
  <context>
    <name>ReportPanel</name>
    <message>
      <source>Done</source>
      <translation>完成</translation>
    </message>
    <message>
      <source>Print again</source>
      <translation>重新打印</translation>
    </message>
  </context>
  <context>
    <name>Returns</name>
    <message>
      <source>There is no such receipt of this till.</source>
      <translation>本收银台没有这张小票。</translation>
    </message>
  </context>
  <context>
    <name>RightsBar</name>
    <message>
      <source>A manager lets the settings be changed</source>
      <translation>店长允许更改设置</translation>
    </message>
    <message>
      <source>Lock again</source>
      <translation>重新锁定</translation>
    </message>
    <message>
      <source>Opened by %1, until this page is left.</source>
      <translation>已由 %1 解锁，离开本页后恢复锁定。</translation>
    </message>
    <message>
      <source>Unlock with a manager's PIN</source>
      <translation>用店长 PIN 解锁</translation>
    </message>
    <message>
      <source>What is grey here a manager may change.</source>
      <translation>灰色的项目由店长更改。</translation>
    </message>
  </context>
  <context>
    <name>ScanBox</name>
    <message>
      <source>Camera and USB scanner ready.</source>
      <translation>摄像头和扫码枪均可用。</translation>
    </message>
    <message>
      <source>Hold still</source>
      <translation>请拿稳</translation>
    </message>
    <message>
      <source>Hold the phone closer</source>
      <translation>请靠近一点</translation>
    </message>
    <message>
      <source>Not a pickup code</source>
      <translation>这不是提货码</translation>
    </message>
    <message numerus="yes">
      <source>Reading: %n character(s)</source>
      <translation>
        <numerusform>正在读取：%n 个字符</numerusform>
      </translation>
    </message>
    <message>
      <source>The camera cannot be opened: another program may use it. The USB scanner works.</source>
      <translation>无法打开摄像头，可能被其他程序占用。扫码枪可用。</translation>
    </message>
    <message>
      <source>The camera cannot read codes on this machine. Use the USB scanner.</source>
      <translation>本机摄像头无法识别二维码，请用扫码枪。</translation>
    </message>
    <message>
      <source>The camera does not answer. Unplug it and plug it in again. The USB scanner works.</source>
      <translation>摄像头无响应，请拔下后重新插上。扫码枪可用。</translation>
    </message>
    <message>
      <source>The camera is being opened.</source>
      <translation>正在打开摄像头。</translation>
    </message>
    <message>
      <source>The camera is gone; it is being looked for. The USB scanner works.</source>
      <translation>摄像头已断开，正在重新连接。扫码枪可用。</translation>
    </message>
    <message>
      <source>The camera is not plugged in. The USB scanner works.</source>
      <translation>摄像头未连接，扫码枪可用。</translation>
    </message>
    <message>
      <source>Tilt the phone a little: it reflects</source>
      <translation>屏幕反光，请稍微倾斜手机</translation>
    </message>
    <message>
      <source>Too dark: brighten the screen</source>
      <translation>太暗了，请调亮屏幕</translation>
    </message>
    <message>
      <source>USB scanner ready. No camera in use.</source>
      <translation>扫码枪可用，未使用摄像头。</translation>
    </message>
  </context>
  <context>
    <name>ScannerTest</name>
    <message>
      <source>Now scan this code once, as you would scan a customer's. Esc stops.</source>
      <translation>请像给顾客扫码一样，扫一次这个码。按 Esc 停止。</translation>
    </message>
    <message>
      <source>Open a recording…</source>
      <translation>打开记录…</translation>
    </message>
    <message>
      <source>Press start, then scan this code with the scanner, or show a photo of it to the camera.</source>
      <translation>先按“开始测试”，再用扫码枪扫这个码，或把它的照片对准摄像头。</translation>
    </message>
    <message numerus="yes">
      <source>Reading: %n character(s)</source>
      <translation>
        <numerusform>正在读取：%n 个字符</numerusform>
      </translation>
    </message>
    <message>
      <source>Recorded on the settings page</source>
      <translation>在设置页录制</translation>
    </message>
    <message>
      <source>Save the recording…</source>
      <translation>保存记录…</translation>
    </message>
    <message>
      <source>Start the test</source>
      <translation>开始测试</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>Test the scanner</source>
      <translation>测试扫码设备</translation>
    </message>
    <message>
      <source>The recording could not be saved there.</source>
      <translation>记录无法保存到那里。</translation>
    </message>
    <message>
      <source>This file is not a recording of a scanner that can be read.</source>
      <translation>这个文件不是可以读取的扫码记录。</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>8 digits, phone's last four, a name</source>
      <translation>8 位短码 / 手机尾号 4 位 / 姓名</translation>
    </message>
    <message>
      <source>Choose a picture of a code (Ctrl+O)</source>
      <translation>选择码的图片（Ctrl+O）</translation>
    </message>
    <message>
      <source>Search an order</source>
      <translation>查找订单</translation>
    </message>
  </context>
  <context>
    <name>SerialScanners</name>
    <message>
      <source>A USB scanner set to serial (USB-COM) is the surest way: no keyboard and no input method between.</source>
      <translation>把 USB 扫码枪设为串口（USB-COM）最可靠：不经过键盘和输入法。</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>使用中</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>重新查找</translation>
    </message>
    <message>
      <source>Looks like a scanner</source>
      <translation>像是扫码枪</translation>
    </message>
    <message>
      <source>No serial port found.</source>
      <translation>没有找到串口。</translation>
    </message>
    <message>
      <source>Serial scanners</source>
      <translation>串口扫码枪</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>使用</translation>
    </message>
  </context>
  <context>
    <name>SettingsPage</name>
    <message>
      <source>A manager may change this.</source>
      <translation>店长可以更改。</translation>
    </message>
    <message>
      <source>Counter and screen</source>
      <translation>柜台与显示</translation>
    </message>
    <message>
      <source>Data</source>
      <translation>数据</translation>
    </message>
    <message>
      <source>First HQ must give a manager of this store a PIN.</source>
      <translation>需要总部先给本店店长设置 PIN。</translation>
    </message>
    <message>
      <source>Its picture is seen on the counter page.</source>
      <translation>画面显示在核销页面上。</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>姓名</translation>
    </message>
    <message>
      <source>Printers</source>
      <translation>打印机</translation>
    </message>
    <message>
      <source>Scanner and camera</source>
      <translation>扫码与摄像头</translation>
    </message>
    <message>
      <source>Staff</source>
      <translation>员工</translation>
    </message>
    <message>
      <source>The first one found</source>
      <translation>自动选择</translation>
    </message>
    <message>
      <source>The program was started as a kiosk.</source>
      <translation>程序以专用收银模式启动。</translation>
    </message>
    <message>
      <source>This name stands beside every hand-over.</source>
      <translation>每次核销都会记录这个名字。</translation>
    </message>
    <message>
      <source>Which camera</source>
      <translation>使用哪个摄像头</translation>
    </message>
    <message>
      <source>Who is at the counter</source>
      <translation>当前店员</translation>
    </message>
    <message>
      <source>Whoever is signed in: tap the name at the top to change.</source>
      <translation>以登录的人为准：点顶部的姓名即可换人。</translation>
    </message>
  </context>
  <context>
    <name>ShiftKeeper</name>
    <message>
      <source>Shift</source>
      <translation>班次</translation>
    </message>
    <message numerus="yes">
      <source>Shift: %n sale(s)</source>
      <translation>
        <numerusform>本班 %n 笔</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ShiftPanel</name>
    <message>
      <source>%1 does not match. Count again if you like; a manager accepts it.</source>
      <translation>差额 %1。可再点一次；须由店长确认。</translation>
    </message>
    <message numerus="yes">
      <source>%n sale(s) so far.</source>
      <translation>
        <numerusform>已售 %n 笔。</numerusform>
      </translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金额</translation>
    </message>
    <message>
      <source>Back to selling</source>
      <translation>返回销售</translation>
    </message>
    <message>
      <source>Cash in and out</source>
      <translation>现金存取</translation>
    </message>
    <message>
      <source>Cause unknown</source>
      <translation>原因不明</translation>
    </message>
    <message>
      <source>Close the shift</source>
      <translation>交班</translation>
    </message>
    <message>
      <source>Count all the cash in the drawer. What there must be is told afterwards.</source>
      <translation>请清点钱箱里的全部现金，应有金额在清点后显示。</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>实点金额</translation>
    </message>
    <message>
      <source>Counted wrong</source>
      <translation>点错</translation>
    </message>
    <message>
      <source>It matches now, an earlier count was off by %1: a manager accepts it.</source>
      <translation>现已相符，但之前清点差 %1，须由店长确认。</translation>
    </message>
    <message>
      <source>Not booked</source>
      <translation>漏记</translation>
    </message>
    <message>
      <source>Open since %1 by %2, float %3.</source>
      <translation>%2 于 %1 开班，备用金 %3。</translation>
    </message>
    <message>
      <source>Put in</source>
      <translation>存入</translation>
    </message>
    <message>
      <source>Say what the cash is for.</source>
      <translation>请写明现金用途。</translation>
    </message>
    <message>
      <source>Shift</source>
      <translation>班次</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>取出</translation>
    </message>
    <message>
      <source>Type the amount like 200 or 200.00.</source>
      <translation>请输入金额，例如 200 或 200.00。</translation>
    </message>
    <message>
      <source>Type what was counted, like 1234.50.</source>
      <translation>请输入实点金额，例如 1234.50。</translation>
    </message>
    <message>
      <source>What for?</source>
      <translation>用途</translation>
    </message>
    <message>
      <source>Wrong change</source>
      <translation>找错钱</translation>
    </message>
  </context>
  <context>
    <name>ShopPage</name>
    <message>
      <source>%1 of %2</source>
      <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>上一步</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>下一步</translation>
    </message>
    <message>
      <source>Open my shop</source>
      <translation>开店</translation>
    </message>
    <message>
      <source>Setting up your shop</source>
      <translation>正在为您开店</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>再试一次</translation>
    </message>
  </context>
  <context>
    <name>Side</name>
    <message>
      <source>Arrived %1</source>
      <translation>到店 %1</translation>
    </message>
    <message>
      <source>Arrived, and expected next</source>
      <translation>已到店、即将取货</translation>
    </message>
    <message>
      <source>Expected next</source>
      <translation>即将取货</translation>
    </message>
    <message>
      <source>Last handed over</source>
      <translation>最近核销</translation>
    </message>
    <message>
      <source>Nobody is expected: no open order in this store.</source>
      <translation>暂无待取订单。</translation>
    </message>
    <message>
      <source>Nothing has been handed over yet.</source>
      <translation>还没有核销记录。</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>撤销</translation>
    </message>
  </context>
  <context>
    <name>SignInPage</name>
    <message>
      <source>First sign in, then scan again.</source>
      <translation>请先登录，再扫码。</translation>
    </message>
    <message>
      <source>Go on without</source>
      <translation>直接进入</translation>
    </message>
    <message>
      <source>Nobody of this store has a PIN yet: an operator sets it at HQ.</source>
      <translation>本店还没有人设置 PIN：请总部运营设置。</translation>
    </message>
    <message>
      <source>PIN</source>
      <translation>PIN</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>登录</translation>
    </message>
    <message>
      <source>Take the last digit back</source>
      <translation>删除一位</translation>
    </message>
    <message>
      <source>Tap your name and type your PIN.</source>
      <translation>点选姓名，输入 PIN。</translation>
    </message>
    <message>
      <source>This is not the PIN of that name.</source>
      <translation>PIN 与所选姓名不符。</translation>
    </message>
    <message numerus="yes">
      <source>Too many wrong PINs. Try again in %n second(s).</source>
      <translation>
        <numerusform>PIN 错误次数过多，请 %n 秒后再试。</numerusform>
      </translation>
    </message>
    <message>
      <source>Type your PIN.</source>
      <translation>请输入 PIN。</translation>
    </message>
    <message>
      <source>Who is here?</source>
      <translation>谁在值班？</translation>
    </message>
  </context>
  <context>
    <name>StaffRow</name>
    <message>
      <source>Lock now</source>
      <translation>立即锁定</translation>
    </message>
    <message>
      <source>Nobody has a PIN yet. HQ gives names, roles and PINs; they arrive here by themselves.</source>
      <translation>还没有人设置 PIN。姓名、角色和 PIN 由总部分配，会自动同步到本机。</translation>
    </message>
    <message>
      <source>Who may sign in</source>
      <translation>可登录的员工</translation>
    </message>
    <message>
      <source>manager</source>
      <translation>店长</translation>
    </message>
  </context>
  <context>
    <name>StockPage</name>
    <message>
      <source>Count</source>
      <translation>盘点</translation>
    </message>
    <message>
      <source>No product matches what you look for.</source>
      <translation>没有符合条件的商品。</translation>
    </message>
    <message>
      <source>No product of this store has the barcode %1.</source>
      <translation>本店没有条码为 %1 的商品。</translation>
    </message>
    <message>
      <source>No products yet: they come from HQ by themselves.</source>
      <translation>还没有商品：总部会自动下发。</translation>
    </message>
    <message>
      <source>Offer again</source>
      <translation>恢复上架</translation>
    </message>
    <message>
      <source>Offer tonight</source>
      <translation>今晚特卖</translation>
    </message>
    <message>
      <source>Reading the stock.</source>
      <translation>正在读取库存。</translation>
    </message>
    <message>
      <source>Sold out</source>
      <translation>标记售罄</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>库存</translation>
    </message>
  </context>
  <context>
    <name>StorefrontRow</name>
    <message>
      <source>Customers scan this code and order.</source>
      <translation>顾客扫这个码就能下单。</translation>
    </message>
    <message>
      <source>Show the QR code</source>
      <translation>显示二维码</translation>
    </message>
    <message>
      <source>Storefront</source>
      <translation>网店</translation>
    </message>
  </context>
  <context>
    <name>SyncPage</name>
    <message numerus="yes">
      <source>%n more will follow</source>
      <translation>
        <numerusform>还有 %n 条</numerusform>
      </translation>
    </message>
    <message>
      <source>Connect to HQ with a new code</source>
      <translation>用新的注册码重新连接总部</translation>
    </message>
    <message>
      <source>Export diagnostics</source>
      <translation>导出诊断</translation>
    </message>
    <message>
      <source>Nothing is waiting: no incident is open and HQ takes every entry.</source>
      <translation>没有待处理的事：没有未结的异常，也没有被总部搁置的记录。</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>打开所在文件夹</translation>
    </message>
    <message>
      <source>Saved as %1. It names no customer and no clerk.</source>
      <translation>已存为 %1，不含顾客和店员的信息。</translation>
    </message>
    <message>
      <source>Sync now</source>
      <translation>立即同步</translation>
    </message>
    <message>
      <source>This machine</source>
      <translation>本机</translation>
    </message>
    <message>
      <source>Waits for somebody</source>
      <translation>等人处理</translation>
    </message>
  </context>
  <context>
    <name>TenderPanel</name>
    <message>
      <source>%1 taken</source>
      <translation>已收 %1</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>金额</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>找零</translation>
    </message>
    <message>
      <source>Give it back</source>
      <translation>退还这笔</translation>
    </message>
    <message>
      <source>Given</source>
      <translation>实收</translation>
    </message>
    <message>
      <source>More was taken than it costs now: tap a part and give it back.</source>
      <translation>已收金额超过现在的应付：点一下退还其中一笔。</translation>
    </message>
    <message>
      <source>Number of the payment</source>
      <translation>支付单号</translation>
    </message>
    <message>
      <source>Number of the payment: type or scan it</source>
      <translation>支付单号：输入或扫描</translation>
    </message>
    <message>
      <source>Paid</source>
      <translation>已收款</translation>
    </message>
    <message>
      <source>Take this part</source>
      <translation>收取这部分</translation>
    </message>
    <message>
      <source>That is more than there is to pay.</source>
      <translation>金额超过应付。</translation>
    </message>
    <message>
      <source>That would be too many parts.</source>
      <translation>付款方式过多。</translation>
    </message>
    <message>
      <source>The payment's number is missing: see the customer's phone.</source>
      <translation>缺少支付单号：在顾客手机上查看。</translation>
    </message>
    <message>
      <source>To pay</source>
      <translation>应付</translation>
    </message>
    <message>
      <source>Type the amount like 12.80.</source>
      <translation>请输入金额，例如 12.80。</translation>
    </message>
  </context>
  <context>
    <name>TimelineView</name>
    <message numerus="yes">
      <source>%n order(s) to do</source>
      <translation>
        <numerusform>待备 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>Green is packed, blue is to do. Each order stands where it must be begun at the latest.</source>
      <translation>绿色已备好，蓝色待备货。每单排在最晚开工的那一刻钟。</translation>
    </message>
    <message>
      <source>HQ has set no limit for this store.</source>
      <translation>总部未设上限。</translation>
    </message>
    <message>
      <source>Load per quarter of an hour</source>
      <translation>每刻钟负荷</translation>
    </message>
    <message>
      <source>Nothing to do on this day</source>
      <translation>这一天没有要备的货</translation>
    </message>
    <message>
      <source>The line is what the store can do in a quarter of an hour: %1. Hatched red is too much.</source>
      <translation>虚线为本店每刻钟上限：%1 单；红色斜纹为超出。</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>Tomorrow</source>
      <translation>明天</translation>
    </message>
    <message>
      <source>Too much at %1</source>
      <translation>超出上限：%1</translation>
    </message>
    <message>
      <source>now</source>
      <translation>现在</translation>
    </message>
  </context>
  <context>
    <name>TodayPage</name>
    <message>
      <source>%1 of %2 due</source>
      <translation>到期 %2 单，已取 %1 单</translation>
    </message>
    <message numerus="yes">
      <source>%n hand-over(s)</source>
      <translation>
        <numerusform>交付 %n 单</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation>
        <numerusform>还有 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>Add-on rate</source>
      <translation>加购率</translation>
    </message>
    <message>
      <source>Adding up.</source>
      <translation>正在统计。</translation>
    </message>
    <message>
      <source>By clerk</source>
      <translation>按店员</translation>
    </message>
    <message>
      <source>Collection rate</source>
      <translation>核销率</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>日</translation>
    </message>
    <message>
      <source>Earlier</source>
      <translation>更早</translation>
    </message>
    <message>
      <source>From ready to collected</source>
      <translation>备好到取走</translation>
    </message>
    <message>
      <source>From scan to hand-over</source>
      <translation>扫码到交付</translation>
    </message>
    <message>
      <source>Handed over by the hour</source>
      <translation>每小时交付</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>更晚</translation>
    </message>
    <message>
      <source>No order was to be collected in this time.</source>
      <translation>这段时间没有需要自提的订单。</translation>
    </message>
    <message>
      <source>Nothing is overdue.</source>
      <translation>没有逾期订单。</translation>
    </message>
    <message>
      <source>Nothing was handed over yet.</source>
      <translation>还没有交付。</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>已逾期</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>打印</translation>
    </message>
    <message>
      <source>Save as CSV</source>
      <translation>导出 CSV</translation>
    </message>
    <message>
      <source>The file could not be written there: choose another folder.</source>
      <translation>无法写入该位置：请选择其他文件夹。</translation>
    </message>
    <message>
      <source>Week</source>
      <translation>周</translation>
    </message>
    <message>
      <source>the day before: %1</source>
      <translation>前一日：%1</translation>
    </message>
    <message>
      <source>the week before: %1</source>
      <translation>前一周：%1</translation>
    </message>
  </context>
  <context>
    <name>UpdateRow</name>
    <message numerus="yes">
      <source>First let %n entry(s) go to HQ.</source>
      <translation>
        <numerusform>请先等 %n 条记录上传总部。</numerusform>
      </translation>
    </message>
    <message>
      <source>First look at what was put aside, on the Sync page.</source>
      <translation>请先到同步页处理被搁置的记录。</translation>
    </message>
    <message>
      <source>HQ cannot be asked now; it is tried again by itself.</source>
      <translation>现在无法询问总部，稍后会自动重试。</translation>
    </message>
    <message>
      <source>Install it when the shift is closed.</source>
      <translation>请在交班后安装。</translation>
    </message>
    <message>
      <source>It can be installed now.</source>
      <translation>现在可以安装。</translation>
    </message>
    <message>
      <source>It is the newest that HQ knows of.</source>
      <translation>已是总部公布的最新版本。</translation>
    </message>
    <message>
      <source>Look for a newer one</source>
      <translation>检查新版本</translation>
    </message>
    <message>
      <source>Program</source>
      <translation>程序</translation>
    </message>
    <message>
      <source>This is version %1.</source>
      <translation>当前版本 %1。</translation>
    </message>
    <message>
      <source>Version %1 is ready.</source>
      <translation>新版本 %1 已就绪。</translation>
    </message>
  </context>
  <context>
    <name>UpdateWatch</name>
    <message>
      <source>The shift is closed: version %1 can be installed now, see the settings.</source>
      <translation>已交班：现在可以安装新版本 %1，请看“设置”。</translation>
    </message>
  </context>
  <context>
    <name>ViewSwitch</name>
    <message>
      <source>Cards</source>
      <translation>卡片</translation>
    </message>
    <message>
      <source>Load</source>
      <translation>负荷</translation>
    </message>
    <message>
      <source>Pick list</source>
      <translation>拣货单</translation>
    </message>
  </context>
  <context>
    <name>WatchedFolder</name>
    <message>
      <source>Choose…</source>
      <translation>选择…</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Watched folder</source>
      <translation>监视文件夹</translation>
    </message>
  </context>
  <context>
    <name>Window</name>
    <message>
      <source>Choose a picture of a code</source>
      <translation>选择码的图片</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Ziti POS</source>
      <translation>自提收银台</translation>
    </message>
  </context>
  <context>
    <name>ZoneChips</name>
    <message>
      <source>All</source>
      <translation>全部</translation>
    </message>
  </context>
  <context>
    <name>board</name>
    <message>
      <source>%1 late</source>
      <translation>已超时 %1</translation>
    </message>
    <message>
      <source>%1 of %2 packed</source>
      <translation>已备好 %1/%2</translation>
    </message>
    <message numerus="yes">
      <source>%1 of %2: %n more came since</source>
      <translation>
        <numerusform>%1/%2：又新增 %n 件</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n order(s)</source>
      <translation>
        <numerusform>%n 单</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s) to fetch</source>
      <translation>
        <numerusform>待拣 %n 件</numerusform>
      </translation>
    </message>
    <message>
      <source>Begin now</source>
      <translation>现在开工</translation>
    </message>
    <message>
      <source>It must not be packed before %1: it would not be fresh.</source>
      <translation>%1 之前不能打包，否则不新鲜。</translation>
    </message>
    <message>
      <source>Labels wait for a printer: choose one in the settings.</source>
      <translation>标签正在等待打印机：请在设置中选择。</translation>
    </message>
    <message>
      <source>Something of this order is missing: HQ decides what happens to it.</source>
      <translation>这一单缺货，等总部决定怎么处理。</translation>
    </message>
    <message>
      <source>all fetched</source>
      <translation>已拣齐</translation>
    </message>
    <message>
      <source>begin by %1</source>
      <translation>%1 前开工</translation>
    </message>
    <message>
      <source>begin in %1</source>
      <translation>%1后开工</translation>
    </message>
    <message>
      <source>begin now</source>
      <translation>该开工了</translation>
    </message>
    <message>
      <source>closes in %1</source>
      <translation>还剩 %1</translation>
    </message>
    <message>
      <source>fetched</source>
      <translation>已拣</translation>
    </message>
    <message numerus="yes">
      <source>for %n order(s)</source>
      <translation>
        <numerusform>共 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>may be packed now</source>
      <translation>可以打包</translation>
    </message>
    <message>
      <source>not known which products</source>
      <translation>商品未知</translation>
    </message>
    <message>
      <source>opens in %1</source>
      <translation>%1后开始</translation>
    </message>
    <message>
      <source>pack from %1</source>
      <translation>%1 起可打包</translation>
    </message>
  </context>
  <context>
    <name>card</name>
    <message>
      <source>%1 by %2.</source>
      <translation>%1，经手人 %2。</translation>
    </message>
    <message>
      <source>A manager allows it</source>
      <translation>店长同意</translation>
    </message>
    <message>
      <source>Check the goods and give them to the customer.</source>
      <translation>核对商品，然后交给顾客。</translation>
    </message>
    <message>
      <source>Checking</source>
      <translation>正在查询</translation>
    </message>
    <message>
      <source>Everything is here: hand over</source>
      <translation>货已齐：交付</translation>
    </message>
    <message numerus="yes">
      <source>Give all %n</source>
      <translation>
        <numerusform>一起交付 %n 单</numerusform>
      </translation>
    </message>
    <message>
      <source>Give it now</source>
      <translation>请交给顾客</translation>
    </message>
    <message>
      <source>Hand over</source>
      <translation>交付</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>已交付</translation>
    </message>
    <message>
      <source>Hold the customer's code to the camera or the scanner.</source>
      <translation>将顾客的提货码对准摄像头或扫码枪。</translation>
    </message>
    <message>
      <source>It stays here</source>
      <translation>未交付，放回货架</translation>
    </message>
    <message>
      <source>Look for the parcel, then answer. Nothing is handed over by itself.</source>
      <translation>请先查看货架再回答。系统不会自动核销。</translation>
    </message>
    <message>
      <source>Move: only with HQ</source>
      <translation>改期：需联网</translation>
    </message>
    <message>
      <source>Moved</source>
      <translation>已改期</translation>
    </message>
    <message>
      <source>Move…</source>
      <translation>改期…</translation>
    </message>
    <message>
      <source>Next customer</source>
      <translation>下一位顾客</translation>
    </message>
    <message>
      <source>No, the customer has it</source>
      <translation>顾客已取走</translation>
    </message>
    <message>
      <source>Not all of it…</source>
      <translation>不全 / 代领…</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>暂不交付</translation>
    </message>
    <message>
      <source>Or type the 8 digits, or the last four of the phone.</source>
      <translation>也可以输入 8 位短码或手机尾号 4 位。</translation>
    </message>
    <message>
      <source>Packed now: hand over</source>
      <translation>已现场备好，交付</translation>
    </message>
    <message>
      <source>Ready to scan</source>
      <translation>请扫码</translation>
    </message>
    <message>
      <source>Still on the shelf?</source>
      <translation>还在货架上吗？</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>停止</translation>
    </message>
    <message>
      <source>The customer comes %1.</source>
      <translation>顾客改为 %1 来取。</translation>
    </message>
    <message>
      <source>The customer has it</source>
      <translation>顾客已拿到</translation>
    </message>
    <message>
      <source>The hand-over was begun %1 by %2 and never confirmed.</source>
      <translation>%1 由 %2 开始交付，但没有确认。</translation>
    </message>
    <message>
      <source>The old code does not count any more: a new one is on the customer's page.</source>
      <translation>原取货码已失效，新码在顾客的订单页面上。</translation>
    </message>
    <message>
      <source>Then confirm, or scan the same code once more.</source>
      <translation>交付后请确认，或再扫一次同一个码。</translation>
    </message>
    <message>
      <source>Together with %1. Check the goods and give all of them.</source>
      <translation>连同 %1。核对商品，一起交给顾客。</translation>
    </message>
    <message>
      <source>Yes, it is here</source>
      <translation>还在货架上</translation>
    </message>
    <message>
      <source>this counter</source>
      <translation>本收银台</translation>
    </message>
  </context>
  <context>
    <name>enrol</name>
    <message>
      <source>Give this terminal a name, such as Counter 1.</source>
      <translation>请给本收银台起个名字，比如“收银台 1”。</translation>
    </message>
    <message>
      <source>HQ cannot be reached at this address. Check it, and the network cable or Wi-Fi.</source>
      <translation>这个地址连不到总部。请检查地址，以及网线或 Wi-Fi。</translation>
    </message>
    <message>
      <source>HQ does not answer in time. Try again in a moment.</source>
      <translation>总部没有及时回应，请稍后再试。</translation>
    </message>
    <message>
      <source>HQ's address is missing.</source>
      <translation>请填写总部地址。</translation>
    </message>
    <message>
      <source>No secure connection. Check this machine's date and time, then the address.</source>
      <translation>无法建立安全连接。请先检查本机的日期和时间，再检查地址。</translation>
    </message>
    <message>
      <source>The code is wrong, used or too old: it holds for ten minutes. Ask HQ for a new one.</source>
      <translation>注册码不对、用过了或已过期（十分钟内有效）。请向总部要一个新的。</translation>
    </message>
    <message>
      <source>The network's sign-in page answers instead of HQ. Sign in with a browser, then try again.</source>
      <translation>网络弹出了登录认证页面。请先用浏览器登录网络，再试一次。</translation>
    </message>
    <message>
      <source>The one-time code is missing. It looks like K7QM-2PXR-9TBD-4HWE</source>
      <translation>请填写一次性注册码，应该像 K7QM-2PXR-9TBD-4HWE</translation>
    </message>
    <message>
      <source>This address is not protected: use https:// unless HQ says otherwise.</source>
      <translation>这个地址没有加密保护，请用 https:// 开头，除非总部另有说明。</translation>
    </message>
    <message>
      <source>This is not an address. It looks like https://hq.example.com</source>
      <translation>这不是有效地址，应该像 https://hq.example.com</translation>
    </message>
    <message>
      <source>This machine holds another store's data, or work that HQ has not got. Call HQ's support.</source>
      <translation>本机存有别的门店的数据，或有未上报的记录。请联系总部支持。</translation>
    </message>
    <message>
      <source>This program is too old for HQ. Update it first.</source>
      <translation>程序版本太旧，请先升级。</translation>
    </message>
    <message>
      <source>Too many tries. Wait a minute, then try again.</source>
      <translation>尝试太频繁，请等一分钟再试。</translation>
    </message>
    <message>
      <source>What answers there is not HQ. Check the address; if it is right, try again later.</source>
      <translation>这个地址上的不是总部。请检查地址；如果地址没错，请稍后再试。</translation>
    </message>
  </context>
  <context>
    <name>keys</name>
    <message>
      <source>Back</source>
      <translation>返回</translation>
    </message>
    <message>
      <source>Choose a picture of a code</source>
      <translation>选择提货码图片</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>关闭程序</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全屏</translation>
    </message>
    <message>
      <source>Lock, or change who is at the counter</source>
      <translation>锁定或换人</translation>
    </message>
    <message>
      <source>Mark all cards of the board</source>
      <translation>选中备货页的所有卡片</translation>
    </message>
    <message>
      <source>On to the next button or field</source>
      <translation>到下一个按钮或输入框</translation>
    </message>
    <message>
      <source>Page %1</source>
      <translation>“%1”页</translation>
    </message>
    <message>
      <source>Read the picture in the clipboard</source>
      <translation>识别剪贴板里的图片</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search at the counter</source>
      <translation>在核销页搜索</translation>
    </message>
    <message>
      <source>The big button</source>
      <translation>大按钮</translation>
    </message>
    <message>
      <source>The board's cards, pick list and load</source>
      <translation>备货页的卡片、拣货单和负荷</translation>
    </message>
    <message>
      <source>This list</source>
      <translation>快捷键列表</translation>
    </message>
    <message>
      <source>Typing and changing text</source>
      <translation>输入和修改文字</translation>
    </message>
  </context>
  <context>
    <name>link</name>
    <message>
      <source>Connecting</source>
      <translation>正在连接</translation>
    </message>
    <message>
      <source>HQ answers, but not properly: it may be under repair.</source>
      <translation>总部服务异常，可能正在维护。</translation>
    </message>
    <message>
      <source>HQ does not answer in time. The network may be slow.</source>
      <translation>总部响应超时，网络可能较慢。</translation>
    </message>
    <message>
      <source>HQ does not know this terminal any more. Ask HQ for a new code.</source>
      <translation>总部已不认识本终端，请向总部索取新的注册码。</translation>
    </message>
    <message>
      <source>HQ has not been called yet.</source>
      <translation>尚未连接总部。</translation>
    </message>
    <message>
      <source>HQ is busy and asked to come back later.</source>
      <translation>总部繁忙，稍后自动重试。</translation>
    </message>
    <message>
      <source>HQ refused a request. Call HQ's support.</source>
      <translation>总部拒绝了请求，请联系总部支持。</translation>
    </message>
    <message>
      <source>HQ: needs attention</source>
      <translation>总部连接需处理</translation>
    </message>
    <message>
      <source>No secure connection to HQ: check this machine's date and time.</source>
      <translation>无法与总部建立安全连接：请检查本机日期和时间。</translation>
    </message>
    <message>
      <source>Offline since %1</source>
      <translation>%1 起离线</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Something else answers instead of HQ: the network may want a sign-in page.</source>
      <translation>网络可能需要登录认证页面，目前连不到总部。</translation>
    </message>
    <message>
      <source>There is no way to HQ: check the network cable or Wi-Fi.</source>
      <translation>连不上总部：请检查网线或 Wi-Fi。</translation>
    </message>
    <message>
      <source>This program is too old for HQ. Update it.</source>
      <translation>程序版本过旧，请升级。</translation>
    </message>
    <message>
      <source>data %1 old</source>
      <translation>数据更新于 %1前</translation>
    </message>
  </context>
  <context>
    <name>pages</name>
    <message>
      <source>Board</source>
      <translation>备货</translation>
    </message>
    <message>
      <source>Counter</source>
      <translation>核销</translation>
    </message>
    <message>
      <source>Sale</source>
      <translation>加购</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>库存</translation>
    </message>
    <message>
      <source>Sync</source>
      <translation>同步</translation>
    </message>
    <message>
      <source>Today</source>
      <translation>数据</translation>
    </message>
  </context>
  <context>
    <name>printers</name>
    <message>
      <source>As receipts</source>
      <translation>同小票</translation>
    </message>
    <message>
      <source>Device file</source>
      <translation>设备文件</translation>
    </message>
    <message>
      <source>Drawn as a page: for printers without ESC/POS.</source>
      <translation>按页面绘制：用于不支持 ESC/POS 的打印机。</translation>
    </message>
    <message>
      <source>Each paper becomes a PDF: for a machine without a printer.</source>
      <translation>每张纸保存为 PDF：用于没有打印机的电脑。</translation>
    </message>
    <message>
      <source>For printers that the system shows as a file.</source>
      <translation>用于系统显示为文件的打印机。</translation>
    </message>
    <message>
      <source>Label printer</source>
      <translation>标签打印机</translation>
    </message>
    <message>
      <source>Labels come out of the receipt printer.</source>
      <translation>标签从小票打印机打出。</translation>
    </message>
    <message>
      <source>Maker and product in hex, as lsusb or the device manager shows them.</source>
      <translation>厂商与产品编号（十六进制），见 lsusb 或设备管理器。</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>网络</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>One paper cannot be printed by this version: see what waits.</source>
      <translation>有一张单据本版本无法打印，请查看待打印列表。</translation>
    </message>
    <message>
      <source>Out of paper. Put a new roll in; what waits is printed by itself.</source>
      <translation>缺纸。换上新纸卷后会自动打印。</translation>
    </message>
    <message>
      <source>PDF folder</source>
      <translation>PDF 文件夹</translation>
    </message>
    <message>
      <source>Receipt printer</source>
      <translation>小票打印机</translation>
    </message>
    <message>
      <source>Serial port</source>
      <translation>串口</translation>
    </message>
    <message>
      <source>System printer</source>
      <translation>系统打印机</translation>
    </message>
    <message>
      <source>The address stands on the printer's self-test: switch it on with FEED held.</source>
      <translation>地址见打印机自检页：按住走纸键开机。</translation>
    </message>
    <message>
      <source>The paper ended in the middle. Put a new roll in: it is printed again, marked so.</source>
      <translation>打印到一半纸用完了。请换纸，会重新打印并注明“重复打印”。</translation>
    </message>
    <message>
      <source>The port, and after @ its speed.</source>
      <translation>端口，@ 后为波特率。</translation>
    </message>
    <message>
      <source>The printer does not answer: is it on and plugged in? What waits is kept.</source>
      <translation>打印机没有响应：是否开机并接好？待打印内容已保留。</translation>
    </message>
    <message>
      <source>The printer went away in the middle: the paper is printed again, marked so.</source>
      <translation>打印中断：这张纸会重新打印，并注明重复。</translation>
    </message>
    <message>
      <source>The printer's cover is open.</source>
      <translation>打印机上盖未合上。</translation>
    </message>
    <message>
      <source>This is no printer's address: look at the example in the field.</source>
      <translation>这不是打印机地址：请参考输入框中的示例。</translation>
    </message>
    <message>
      <source>This machine lacks libusb, which USB printers need.</source>
      <translation>本机缺少 USB 打印机所需的 libusb。</translation>
    </message>
    <message>
      <source>This user may not use the printer: see the page on printing.</source>
      <translation>当前用户无权使用打印机：见打印说明。</translation>
    </message>
    <message>
      <source>USB</source>
      <translation>USB</translation>
    </message>
    <message>
      <source>Without a printer nothing is lost: what is to be printed waits for one.</source>
      <translation>没有打印机也不会丢失：待打印内容会等待。</translation>
    </message>
    <message>
      <source>a folder</source>
      <translation>文件夹</translation>
    </message>
    <message>
      <source>cannot be printed by this version</source>
      <translation>本版本无法打印</translation>
    </message>
    <message>
      <source>cover open</source>
      <translation>纸仓盖未关</translation>
    </message>
    <message>
      <source>cut off in the middle</source>
      <translation>打印中断</translation>
    </message>
    <message>
      <source>its name in the system</source>
      <translation>系统中的名称</translation>
    </message>
    <message>
      <source>libusb is missing</source>
      <translation>缺少 libusb</translation>
    </message>
    <message>
      <source>no paper</source>
      <translation>缺纸</translation>
    </message>
    <message>
      <source>not allowed</source>
      <translation>没有权限</translation>
    </message>
    <message>
      <source>paper ended in the middle</source>
      <translation>打印中途缺纸</translation>
    </message>
    <message>
      <source>printer does not answer</source>
      <translation>打印机没有响应</translation>
    </message>
    <message>
      <source>wrong address</source>
      <translation>地址不正确</translation>
    </message>
  </context>
  <context>
    <name>sayings</name>
    <message numerus="yes">
      <source>%n order(s) fit this.</source>
      <translation>
        <numerusform>有 %n 个订单符合。</numerusform>
      </translation>
    </message>
    <message>
      <source>A parcel's label</source>
      <translation>这是包裹标签</translation>
    </message>
    <message>
      <source>Already handed over</source>
      <translation>已经交付过</translation>
    </message>
    <message>
      <source>Another store</source>
      <translation>非本店订单</translation>
    </message>
    <message>
      <source>Ask for the code on the order's page, or for the last four digits of the phone.</source>
      <translation>请顾客出示订单页面上的码，或询问手机尾号 4 位。</translation>
    </message>
    <message>
      <source>Ask the customer to come back then. A manager may allow it now.</source>
      <translation>请顾客届时再来。店长可以同意现在交付。</translation>
    </message>
    <message>
      <source>Ask the customer to look at the order on the phone and to choose there.</source>
      <translation>请顾客在手机上打开订单，选择处理方式。</translation>
    </message>
    <message>
      <source>Ask the customer to open the order's page again and show the new code.</source>
      <translation>请顾客重新打开订单页面，出示新的提货码。</translation>
    </message>
    <message>
      <source>Ask the customer's name and tap the order.</source>
      <translation>请询问顾客姓名，然后点选订单。</translation>
    </message>
    <message>
      <source>Ask the customer's name, and tap the order if it is hers.</source>
      <translation>请询问顾客姓名，确认后点选订单。</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>订单已取消</translation>
    </message>
    <message>
      <source>Cannot be verified</source>
      <translation>无法验证</translation>
    </message>
    <message>
      <source>Check it with the customer, or scan the code on the order's page.</source>
      <translation>请跟顾客核对，或扫描订单页面上的码。</translation>
    </message>
    <message>
      <source>Everything is packed.</source>
      <translation>商品已备齐。</translation>
    </message>
    <message>
      <source>Fetch it from shelf %1.</source>
      <translation>请到货架 %1 取货。</translation>
    </message>
    <message>
      <source>Fetch the parcel and hand it over.</source>
      <translation>请取货并交给顾客。</translation>
    </message>
    <message>
      <source>First scan the code on the customer's phone, or type the 8 digits below it.</source>
      <translation>请先扫描顾客手机上的提货码，或输入其下方 8 位数字。</translation>
    </message>
    <message>
      <source>Genuine code</source>
      <translation>真码，可交付</translation>
    </message>
    <message>
      <source>Hand over nothing and call the manager.</source>
      <translation>请勿交付，并通知店长。</translation>
    </message>
    <message>
      <source>Hand over nothing. If the customer has not got it, call the manager.</source>
      <translation>请勿再次交付。顾客如未拿到，请找店长。</translation>
    </message>
    <message>
      <source>Hand over nothing. Let the terminal sync with HQ and scan again; else call the manager.</source>
      <translation>请勿交付。等本机与总部同步后再扫；仍不行请找店长。</translation>
    </message>
    <message>
      <source>Hand over nothing. The customer sees the refund on the order's page.</source>
      <translation>请勿交付。顾客可以在订单页面查看退款。</translation>
    </message>
    <message>
      <source>Handed over %1 by %2, at %3.</source>
      <translation>%1 由 %2 在 %3 交付。</translation>
    </message>
    <message>
      <source>Incomplete</source>
      <translation>缺货</translation>
    </message>
    <message>
      <source>Is it this one?</source>
      <translation>是这一单吗？</translation>
    </message>
    <message>
      <source>It is being prepared.</source>
      <translation>正在备货中。</translation>
    </message>
    <message>
      <source>It looks like a pickup code, but it was not made by us.</source>
      <translation>看起来像提货码，但不是我们签发的。</translation>
    </message>
    <message>
      <source>Look whether the goods are still good. A manager may allow it.</source>
      <translation>请检查商品是否完好。店长可以同意交付。</translation>
    </message>
    <message>
      <source>Main counter</source>
      <translation>请到主收银台</translation>
    </message>
    <message>
      <source>No open order of this store fits this.</source>
      <translation>本店没有符合的待取订单。</translation>
    </message>
    <message>
      <source>No pickup code</source>
      <translation>不是提货码</translation>
    </message>
    <message>
      <source>Nobody has begun to prepare it.</source>
      <translation>还没有人开始备货。</translation>
    </message>
    <message>
      <source>Not everything fits in a code: ask the customer to show the order, give all of it.</source>
      <translation>码里放不下全部商品：请顾客出示订单，按订单交付。</translation>
    </message>
    <message>
      <source>Not found</source>
      <translation>查无订单</translation>
    </message>
    <message>
      <source>Not genuine</source>
      <translation>假码</translation>
    </message>
    <message>
      <source>Not packed yet</source>
      <translation>尚未备好</translation>
    </message>
    <message>
      <source>Old code</source>
      <translation>旧码已失效</translation>
    </message>
    <message>
      <source>One order fits this.</source>
      <translation>有 1 个订单符合。</translation>
    </message>
    <message>
      <source>Only a part of the code was read.</source>
      <translation>只读到了码的一部分。</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>已逾期</translation>
    </message>
    <message>
      <source>Pack it now and hand it over, or ask the customer for a little patience.</source>
      <translation>请现场备货后交付，或请顾客稍等。</translation>
    </message>
    <message>
      <source>Pack what stands below and hand it over.</source>
      <translation>请按下面的清单备货并交付。</translation>
    </message>
    <message>
      <source>Pickup begins %1.</source>
      <translation>取货时间从 %1 开始。</translation>
    </message>
    <message>
      <source>Please wait</source>
      <translation>请稍候再输</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>可以交付</translation>
    </message>
    <message>
      <source>Scan again, or type the 8 digits below the code.</source>
      <translation>请再扫一次，或输入码下方的 8 位数字。</translation>
    </message>
    <message>
      <source>Send the customer to the main counter. Or a manager looks there and allows it here.</source>
      <translation>请顾客到主收银台取货；或由店长到主收银台确认后在这里同意。</translation>
    </message>
    <message>
      <source>Show the customer the address: %1</source>
      <translation>请告诉顾客地址：%1</translation>
    </message>
    <message>
      <source>The code is signed with a key that this terminal does not know.</source>
      <translation>本机没有验证这个码所需的密钥。</translation>
    </message>
    <message>
      <source>The customer finds the address on the order's page.</source>
      <translation>顾客可以在订单页面查看门店地址。</translation>
    </message>
    <message>
      <source>The main terminal of this store keeps count of what has been handed over.</source>
      <translation>本店的核销由主收银台统一登记。</translation>
    </message>
    <message>
      <source>The order is paid. It has not reached this terminal yet; the code itself says what to give.</source>
      <translation>订单已付款，尚未同步到本机，商品清单来自提货码。</translation>
    </message>
    <message>
      <source>The pickup time ended %1.</source>
      <translation>取货时间已于 %1 结束。</translation>
    </message>
    <message>
      <source>The pickup was changed and this code was replaced by a newer one.</source>
      <translation>取货信息改过，这个码已被新码替代。</translation>
    </message>
    <message>
      <source>This code is of a kind that the program does not know.</source>
      <translation>本程序不认识这种码。</translation>
    </message>
    <message>
      <source>This is something else, not one of our pickup codes.</source>
      <translation>这是别的内容，不是我们的提货码。</translation>
    </message>
    <message>
      <source>This is the label on the parcel of order %1, not the customer's code.</source>
      <translation>这是订单 %1 包裹上的标签，不是顾客的提货码。</translation>
    </message>
    <message>
      <source>This order has been handed over before.</source>
      <translation>这个订单之前已经交付。</translation>
    </message>
    <message>
      <source>This order waits at %1, %2 km from here.</source>
      <translation>这个订单在「%1」取货，距离本店 %2 公里。</translation>
    </message>
    <message>
      <source>This order waits at %1, %2 m from here.</source>
      <translation>这个订单在「%1」取货，距离本店 %2 米。</translation>
    </message>
    <message>
      <source>This order waits at %1.</source>
      <translation>这个订单在 %1 取货。</translation>
    </message>
    <message>
      <source>This order was cancelled.</source>
      <translation>这个订单已经取消。</translation>
    </message>
    <message>
      <source>This store cannot serve all of it. HQ asks the customer what there shall be instead.</source>
      <translation>本店无法备齐此单，总部正在询问顾客如何处理。</translation>
    </message>
    <message>
      <source>Too early</source>
      <translation>未到时间</translation>
    </message>
    <message>
      <source>Too many wrong codes were typed.</source>
      <translation>输错次数过多。</translation>
    </message>
    <message>
      <source>Type the 8 digits below the code. The program may need an update.</source>
      <translation>请输入码下方的 8 位数字。程序可能需要升级。</translation>
    </message>
    <message>
      <source>Typing works again at %1. Scanning the code works now.</source>
      <translation>%1 后可以再次输入。现在可以直接扫码。</translation>
    </message>
    <message>
      <source>Which one?</source>
      <translation>请选择订单</translation>
    </message>
    <message>
      <source>store no. %1</source>
      <translation>%1 号门店</translation>
    </message>
  </context>
  <context>
    <name>settings</name>
    <message>
      <source>%1 a second (%2 s in all)</source>
      <translation>每秒 %1 个（共 %2 秒）</translation>
    </message>
    <message>
      <source>%1 ms on average, %2 ms at most</source>
      <translation>平均 %1 毫秒，最长 %2 毫秒</translation>
    </message>
    <message numerus="yes">
      <source>%n character(s)</source>
      <translation>
        <numerusform>%n 个字符</numerusform>
      </translation>
    </message>
    <message>
      <source>15 min</source>
      <translation>15 分钟</translation>
    </message>
    <message>
      <source>2 min</source>
      <translation>2 分钟</translation>
    </message>
    <message>
      <source>5 min</source>
      <translation>5 分钟</translation>
    </message>
    <message>
      <source>A USB scanner works without it.</source>
      <translation>只用扫码枪时可以关闭。</translation>
    </message>
    <message>
      <source>A phone app or a document camera drops pictures there; each is read once, none is changed.</source>
      <translation>手机应用或高拍仪把图片放进去，每张只读一次，不会改动。</translation>
    </message>
    <message>
      <source>A wireless scanner: go nearer to its base. Otherwise close programs that keep the computer busy, or set the scanner to serial (USB-COM).</source>
      <translation>无线扫码枪请靠近底座；否则关闭占用电脑的程序，或把扫码枪设为串口（USB-COM）。</translation>
    </message>
    <message>
      <source>Always the whole screen; only a manager's PIN closes the program.</source>
      <translation>始终全屏；只有店长 PIN 才能关闭程序。</translation>
    </message>
    <message>
      <source>An input method takes the keys.</source>
      <translation>输入法截走了按键。</translation>
    </message>
    <message>
      <source>Another program uses it. Close that program.</source>
      <translation>正被其他程序使用，请关闭那个程序。</translation>
    </message>
    <message>
      <source>As in a mirror: right for a camera that faces the customer.</source>
      <translation>像照镜子一样，适合朝向顾客的摄像头。</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>摄像头</translation>
    </message>
    <message>
      <source>Caps Lock is on.</source>
      <translation>大写锁定已打开。</translation>
    </message>
    <message>
      <source>Close the program</source>
      <translation>关闭程序</translation>
    </message>
    <message>
      <source>Close…</source>
      <translation>关闭…</translation>
    </message>
    <message>
      <source>Colours</source>
      <translation>界面颜色</translation>
    </message>
    <message>
      <source>Customer display</source>
      <translation>顾客屏</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Digits are lost on the way.</source>
      <translation>途中丢失了数字。</translation>
    </message>
    <message>
      <source>Digits arrive as signs, as if Shift was held.</source>
      <translation>数字变成了符号，像是按住了 Shift。</translation>
    </message>
    <message>
      <source>Digits arrive in full width.</source>
      <translation>收到的是全角数字。</translation>
    </message>
    <message>
      <source>Do not type during the test. Otherwise take off the prefix that the scanner adds.</source>
      <translation>测试时不要打字；如果没有打字，请取消扫码枪添加的前缀。</translation>
    </message>
    <message>
      <source>Enter</source>
      <translation>回车</translation>
    </message>
    <message>
      <source>Everybody works under the own name; PINs are set at HQ.</source>
      <translation>每人以自己的姓名操作，PIN 由总部设置。</translation>
    </message>
    <message>
      <source>First steps</source>
      <translation>开店准备</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>全屏显示</translation>
    </message>
    <message>
      <source>Hand over with one tap</source>
      <translation>一键交付</translation>
    </message>
    <message>
      <source>Is being opened.</source>
      <translation>正在打开。</translation>
    </message>
    <message>
      <source>It works a moment slower. Switch on the suffix Enter (CR) with its manual's codes.</source>
      <translation>可以用，但会慢一点。请用说明书里的设置码打开“回车（CR）”后缀。</translation>
    </message>
    <message>
      <source>It works, but could be better.</source>
      <translation>可以用，但还能更好。</translation>
    </message>
    <message>
      <source>It works.</source>
      <translation>一切正常。</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>键盘</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Kiosk</source>
      <translation>专用收银模式</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Lock by itself</source>
      <translation>自动锁定</translation>
    </message>
    <message>
      <source>Lost; it is being looked for.</source>
      <translation>已断开，正在重新查找。</translation>
    </message>
    <message>
      <source>Mirrored picture</source>
      <translation>画面镜像</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>New pictures there are read.</source>
      <translation>新放入的图片会被读取。</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Not plugged in; it is being looked for.</source>
      <translation>没有插上，正在查找。</translation>
    </message>
    <message>
      <source>Nothing arrived.</source>
      <translation>什么也没有收到。</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>关</translation>
    </message>
    <message>
      <source>On</source>
      <translation>开</translation>
    </message>
    <message>
      <source>On a second screen: what goes over the counter, and a code to pass on.</source>
      <translation>在第二块屏幕上显示正在交付的商品和可分享的二维码。</translation>
    </message>
    <message>
      <source>One for a burst of them, if sounds are on.</source>
      <translation>一批新订单只响一次；需打开声音。</translation>
    </message>
    <message>
      <source>One for yes, one for wait, one for no.</source>
      <translation>成功、等待、拒绝各有一种声音。</translation>
    </message>
    <message>
      <source>Other keys came in between.</source>
      <translation>中间混入了其他按键。</translation>
    </message>
    <message>
      <source>Pickup codes are read all the same. Switch the input method to half width.</source>
      <translation>取货码照样能读。请把输入法切换为半角。</translation>
    </message>
    <message>
      <source>Pickup codes are read all the same; codes with letters are not. Press Caps Lock.</source>
      <translation>取货码照样能读，含字母的码不行。请按一下 Caps Lock。</translation>
    </message>
    <message>
      <source>Plug the scanner into the computer itself, not into a hub, and set a delay between characters of 5 to 10 ms with the codes in its manual. Best: set it to serial (USB-COM).</source>
      <translation>请把扫码枪直接插在电脑上，不要经过集线器，并用说明书里的设置码把字符间隔设为 5 到 10 毫秒。最好设为串口（USB-COM）。</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <source>Says first what has not been sent to HQ yet.</source>
      <translation>关闭前会先提示哪些记录还未上传总部。</translation>
    </message>
    <message>
      <source>Scan the code on this page, from a hand's breadth away.</source>
      <translation>请在约一掌远的地方扫本页上的码。</translation>
    </message>
    <message>
      <source>Scanning the customer's code a second time says: the customer has it.</source>
      <translation>第二次扫描顾客的码，表示顾客已拿到。</translation>
    </message>
    <message>
      <source>Serial scanner</source>
      <translation>串口扫码枪</translation>
    </message>
    <message>
      <source>Set its delay between characters to none or to 10 ms with the codes in its manual.</source>
      <translation>请用说明书里的设置码把字符间隔设为无或 10 毫秒。</translation>
    </message>
    <message>
      <source>Set the keyboard to English (US) or Chinese, or the scanner to this layout.</source>
      <translation>请把键盘设为英文（美国）或中文，或把扫码枪设为当前布局。</translation>
    </message>
    <message>
      <source>Show the keys</source>
      <translation>查看按键</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>查看</translation>
    </message>
    <message>
      <source>Sign in by PIN</source>
      <translation>PIN 登录</translation>
    </message>
    <message>
      <source>So long after the last touch, with sign-in.</source>
      <translation>开启登录时，最后一次触碰后这么久自动锁定。</translation>
    </message>
    <message>
      <source>Sound for new orders</source>
      <translation>新订单提示音</translation>
    </message>
    <message>
      <source>Sounds</source>
      <translation>提示音</translation>
    </message>
    <message>
      <source>Switch the keyboard to English (中/英, usually Shift) and test again.</source>
      <translation>请把键盘切换到英文（中/英，通常按 Shift），再测一次。</translation>
    </message>
    <message>
      <source>Tab</source>
      <translation>Tab</translation>
    </message>
    <message>
      <source>Take Shift Lock off, or set the keyboard to English (US).</source>
      <translation>请解除 Shift 锁定，或把键盘设为英文（美国）。</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>文字大小</translation>
    </message>
    <message>
      <source>That was typed by hand, or by a very slow scanner.</source>
      <translation>这是手工输入的，或者扫码枪太慢。</translation>
    </message>
    <message>
      <source>The code did not arrive as it is.</source>
      <translation>收到的内容和这个码不一致。</translation>
    </message>
    <message>
      <source>The folder cannot be read; it is tried again.</source>
      <translation>文件夹无法读取，会再试。</translation>
    </message>
    <message>
      <source>The folder is gone; it is being looked for.</source>
      <translation>文件夹不见了，正在查找。</translation>
    </message>
    <message>
      <source>The keyboard has another layout than the scanner expects.</source>
      <translation>键盘布局和扫码枪的设置不同。</translation>
    </message>
    <message>
      <source>The same code again confirms</source>
      <translation>再扫同一个码即确认</translation>
    </message>
    <message>
      <source>The scanner sends no Enter after the code.</source>
      <translation>扫码枪扫完不发回车。</translation>
    </message>
    <message>
      <source>The scanner types too slowly to be told from a person.</source>
      <translation>扫码枪输入太慢，分不清是人还是机器。</translation>
    </message>
    <message>
      <source>The second question is left out: for a counter where the goods are at hand.</source>
      <translation>省去第二次确认，适合商品就在手边的柜台。</translation>
    </message>
    <message>
      <source>There is a long pause in the middle, so the scan falls apart.</source>
      <translation>中间停顿太久，一次扫码被断成两截。</translation>
    </message>
    <message>
      <source>This is another code.</source>
      <translation>这是另一个码。</translation>
    </message>
    <message>
      <source>This user may not open it. Ask the administrator (Linux: group dialout).</source>
      <translation>当前用户无权打开，请找管理员（Linux：dialout 组）。</translation>
    </message>
    <message>
      <source>Too many pictures came at once and were left unread; new ones are read.</source>
      <translation>一次放入的图片太多，没有读取；之后的新图片会读取。</translation>
    </message>
    <message>
      <source>USB scanner that types (keyboard wedge)</source>
      <translation>USB 扫码枪（键盘模式）</translation>
    </message>
    <message>
      <source>What each key does; every one can be changed.</source>
      <translation>每个键的用途，都可以更改。</translation>
    </message>
    <message>
      <source>What is ready for the first customer, and what is not yet.</source>
      <translation>迎接第一位顾客：哪些已就绪，哪些还没有。</translation>
    </message>
  </context>
  <context>
    <name>shop</name>
    <message>
      <source>%1 % off</source>
      <translation>减 %1%</translation>
    </message>
    <message numerus="yes">
      <source>%n mistake(s).</source>
      <translation>
        <numerusform>有 %n 处错误。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n product(s) can be taken.</source>
      <translation>
        <numerusform>%n 种商品可以导入。</numerusform>
      </translation>
    </message>
    <message>
      <source>12 Lake Street</source>
      <translation>湖滨路 12 号</translation>
    </message>
    <message>
      <source>A phone must be in the same Wi-Fi as this PC. For customers elsewhere, give the PC a public address: docs/small-shop.md says how.</source>
      <translation>手机要和这台电脑连同一个 Wi-Fi。要让外面的顾客也能打开，请给电脑设公网地址，方法见 docs/small-shop.md。</translation>
    </message>
    <message>
      <source>A sheet with a column for the name and one for the price is enough, in any order.</source>
      <translation>表格里有“名称”和“价格”两列就够了，顺序不限。</translation>
    </message>
    <message>
      <source>A time is written as 08:00.</source>
      <translation>时间要写成 08:00 这样。</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>地址</translation>
    </message>
    <message>
      <source>Another program has the usual port, so posters that were printed before do not work now. Close it, then start Ziti POS again.</source>
      <translation>平时的端口被别的程序占用了，以前打印的海报现在打不开。请关掉那个程序，再重新打开自提收银台。</translation>
    </message>
    <message>
      <source>As usual</source>
      <translation>原价</translation>
    </message>
    <message>
      <source>Choose a sheet</source>
      <translation>选择表格</translation>
    </message>
    <message>
      <source>Choose a sheet, or start with the examples.</source>
      <translation>请选择表格，或先用示例商品。</translation>
    </message>
    <message>
      <source>Closed on</source>
      <translation>休息日</translation>
    </message>
    <message>
      <source>Connecting this counter</source>
      <translation>连接这台收银台</translation>
    </message>
    <message>
      <source>Copy the link</source>
      <translation>复制链接</translation>
    </message>
    <message>
      <source>Counter 1</source>
      <translation>前台</translation>
    </message>
    <message>
      <source>Croissant, orange juice and a warm lunch: replace them at any time.</source>
      <translation>可颂、橙汁和便当三种示例，以后随时可以换掉。</translation>
    </message>
    <message>
      <source>Customers collect within these hours. 22:00–02:00 is past midnight.</source>
      <translation>顾客在这段时间里取货。22:00–02:00 表示过半夜。</translation>
    </message>
    <message>
      <source>Customers scan this code, order and pay, and collect here.</source>
      <translation>顾客扫码下单、付款，再到店取货。</translation>
    </message>
    <message>
      <source>Customers see this when they order. Only the name is needed.</source>
      <translation>顾客下单时会看到。只有店名必填。</translation>
    </message>
    <message>
      <source>Do phones find this PC at another address?</source>
      <translation>手机要用别的地址打开这台电脑？</translation>
    </message>
    <message>
      <source>Drop your sheet here</source>
      <translation>把商品表拖到这里</translation>
    </message>
    <message>
      <source>Every phone with Internet can open it.</source>
      <translation>能上网的手机都能打开。</translation>
    </message>
    <message>
      <source>Excel (.xlsx) or .csv; also stock, zone, lead time, barcode</source>
      <translation>Excel（.xlsx）或 .csv；还可以有库存、分区、备货时间、条码</translation>
    </message>
    <message>
      <source>Fri</source>
      <translation>周五</translation>
    </message>
    <message>
      <source>From</source>
      <translation>从</translation>
    </message>
    <message>
      <source>Give your shop a name.</source>
      <translation>请给您的店起个名字。</translation>
    </message>
    <message>
      <source>HQ did not take this: %1</source>
      <translation>总部没有接受：%1</translation>
    </message>
    <message>
      <source>HQ does not start on this PC: %1</source>
      <translation>这台电脑上的总部程序没有启动：%1</translation>
    </message>
    <message>
      <source>HQ on this PC did not answer. It is being started again: try once more in a moment.</source>
      <translation>这台电脑上的总部程序没有应答，正在重新启动。请稍后再试一次。</translation>
    </message>
    <message>
      <source>How do customers order?</source>
      <translation>顾客怎样下单？</translation>
    </message>
    <message>
      <source>Letting customers in</source>
      <translation>开门迎客</translation>
    </message>
    <message>
      <source>Mend the sheet and drop it again, or go on without these rows.</source>
      <translation>改好表格再拖进来，或跳过这些行继续。</translation>
    </message>
    <message>
      <source>Mon</source>
      <translation>周一</translation>
    </message>
    <message>
      <source>Only this PC</source>
      <translation>只有这台电脑</translation>
    </message>
    <message>
      <source>Only this PC can open it, as you chose.</source>
      <translation>按您的选择，只有这台电脑能打开。</translation>
    </message>
    <message>
      <source>Opening the store</source>
      <translation>登记门店</translation>
    </message>
    <message>
      <source>Opening the storefront</source>
      <translation>布置网店</translation>
    </message>
    <message>
      <source>PIN, six digits</source>
      <translation>PIN 码（六位数字）</translation>
    </message>
    <message>
      <source>Phone</source>
      <translation>电话</translation>
    </message>
    <message>
      <source>Phones in this network</source>
      <translation>本网络里的手机</translation>
    </message>
    <message>
      <source>Phones in your Wi-Fi need this PC to answer the network. You can try it out here first.</source>
      <translation>要让店里 Wi-Fi 上的手机打开，这台电脑会对本地网络开放。也可以先在本机试用。</translation>
    </message>
    <message>
      <source>Price</source>
      <translation>价格</translation>
    </message>
    <message>
      <source>Price when collecting in the shop</source>
      <translation>到店自提的价格</translation>
    </message>
    <message>
      <source>Print a poster</source>
      <translation>打印海报</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Putting the products on the shelf</source>
      <translation>上架商品</translation>
    </message>
    <message>
      <source>Reading %1.</source>
      <translation>正在读取 %1。</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>行</translation>
    </message>
    <message>
      <source>Sat</source>
      <translation>周六</translation>
    </message>
    <message>
      <source>Save an empty sheet</source>
      <translation>保存空白表</translation>
    </message>
    <message>
      <source>Saved: %1</source>
      <translation>已保存：%1</translation>
    </message>
    <message>
      <source>Scan to order. Collect it here.</source>
      <translation>扫码下单，到店自提</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Start with three examples</source>
      <translation>先用三种示例商品</translation>
    </message>
    <message>
      <source>Starting HQ on this PC</source>
      <translation>在这台电脑上启动总部程序</translation>
    </message>
    <message>
      <source>Stock</source>
      <translation>库存</translation>
    </message>
    <message>
      <source>Sun</source>
      <translation>周日</translation>
    </message>
    <message>
      <source>Sunny Bakery</source>
      <translation>阳光面包房</translation>
    </message>
    <message>
      <source>The PIN has six digits.</source>
      <translation>PIN 码是六位数字。</translation>
    </message>
    <message>
      <source>The PIN once more</source>
      <translation>再输一次 PIN 码</translation>
    </message>
    <message>
      <source>The link is copied.</source>
      <translation>链接已复制。</translation>
    </message>
    <message>
      <source>The poster could not be written there: choose another folder.</source>
      <translation>海报写不到那里，请换一个文件夹。</translation>
    </message>
    <message>
      <source>The sheet is still being read.</source>
      <translation>表格还在读取。</translation>
    </message>
    <message>
      <source>The shop must be open on at least one day.</source>
      <translation>一周至少要营业一天。</translation>
    </message>
    <message>
      <source>The shop's name</source>
      <translation>店名</translation>
    </message>
    <message>
      <source>The storefront shows it beside every product.</source>
      <translation>网店会在每种商品旁显示。</translation>
    </message>
    <message>
      <source>The storefront shows the first %1 of them.</source>
      <translation>网店显示前 %1 种。</translation>
    </message>
    <message>
      <source>The till is a trial until WeChat Pay is set up: orders are real, no money is taken.</source>
      <translation>开通微信支付之前是试用收款：订单是真的，但不收钱。</translation>
    </message>
    <message>
      <source>The two PINs are not the same.</source>
      <translation>两次输入的 PIN 码不一样。</translation>
    </message>
    <message>
      <source>This file cannot be read or written. Close it in other programs, then try again.</source>
      <translation>这个文件读不了或写不了。请先在别的程序里关掉它，再试一次。</translation>
    </message>
    <message>
      <source>This is not an address. It looks like 192.168.1.20 or https://shop.example.com</source>
      <translation>这不是地址。应像 192.168.1.20 或 https://shop.example.com</translation>
    </message>
    <message>
      <source>Thu</source>
      <translation>周四</translation>
    </message>
    <message>
      <source>To</source>
      <translation>到</translation>
    </message>
    <message>
      <source>To the counter</source>
      <translation>去收银台</translation>
    </message>
    <message>
      <source>Tue</source>
      <translation>周二</translation>
    </message>
    <message>
      <source>Use it</source>
      <translation>使用</translation>
    </message>
    <message>
      <source>Wed</source>
      <translation>周三</translation>
    </message>
    <message>
      <source>What do you sell?</source>
      <translation>您卖什么？</translation>
    </message>
    <message>
      <source>What is your shop called?</source>
      <translation>您的店叫什么？</translation>
    </message>
    <message>
      <source>When are you open?</source>
      <translation>什么时候营业？</translation>
    </message>
    <message>
      <source>Who are you?</source>
      <translation>您是谁？</translation>
    </message>
    <message>
      <source>Who can open the storefront</source>
      <translation>谁能打开网店</translation>
    </message>
    <message>
      <source>Writing down who you are</source>
      <translation>登记店主</translation>
    </message>
    <message>
      <source>Your name</source>
      <translation>您的姓名</translation>
    </message>
    <message>
      <source>Your name is missing.</source>
      <translation>请填写您的姓名。</translation>
    </message>
    <message>
      <source>Your name stands beside every hand-over. The PIN allows exceptions: remember it.</source>
      <translation>每次交货都会记下您的姓名。特殊情况要输 PIN 码，请记牢。</translation>
    </message>
    <message>
      <source>Your storefront is open</source>
      <translation>您的网店开张了</translation>
    </message>
    <message>
      <source>poster</source>
      <translation>海报</translation>
    </message>
    <message>
      <source>products</source>
      <translation>商品表</translation>
    </message>
  </context>
  <context>
    <name>stock</name>
    <message>
      <source>Counted</source>
      <translation>实盘</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>可售</translation>
    </message>
    <message>
      <source>Offered</source>
      <translation>在售</translation>
    </message>
    <message>
      <source>On hand</source>
      <translation>在店</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>商品</translation>
    </message>
    <message>
      <source>Promised</source>
      <translation>已预留</translation>
    </message>
    <message>
      <source>not counted</source>
      <translation>未盘点</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>是</translation>
    </message>
  </context>
  <context>
    <name>stories</name>
    <message>
      <source>%1 handed it over at %2, %3.</source>
      <translation>%1 在 %2 交付，时间 %3。</translation>
    </message>
    <message>
      <source>%1 sent entry %2, but not the one before it.</source>
      <translation>%1 上报了第 %2 条记录，但前一条没有收到。</translation>
    </message>
    <message>
      <source>%1 sent “%2” a second time, and it said something else.</source>
      <translation>%1 又上报了一次“%2”，内容和之前不一样。</translation>
    </message>
    <message>
      <source>A data folder may have been copied or put back from a backup. Call HQ's support.</source>
      <translation>数据目录可能被复制或用备份恢复过，请联系总部支持。</translation>
    </message>
    <message>
      <source>A record was changed</source>
      <translation>记录被改动</translation>
    </message>
    <message>
      <source>Allowed by %1.</source>
      <translation>%1 同意。</translation>
    </message>
    <message>
      <source>Cancellation accepted</source>
      <translation>确认取消</translation>
    </message>
    <message>
      <source>Check that the main counter did not hand the same order over as well.</source>
      <translation>请确认主收银台没有再交付同一单。</translation>
    </message>
    <message>
      <source>Code refused</source>
      <translation>拒绝的码</translation>
    </message>
    <message>
      <source>Counted as a loss</source>
      <translation>记为损失</translation>
    </message>
    <message>
      <source>Entries are missing</source>
      <translation>缺少记录</translation>
    </message>
    <message>
      <source>Goods came back</source>
      <translation>货已退回</translation>
    </message>
    <message>
      <source>HQ found something that this release of the program cannot explain.</source>
      <translation>总部发现了一个本版本程序说不清的问题。</translation>
    </message>
    <message>
      <source>HQ has been told</source>
      <translation>已上报总部</translation>
    </message>
    <message>
      <source>HQ keeps what it heard first.</source>
      <translation>总部以先收到的为准。</translation>
    </message>
    <message>
      <source>HQ waits for it; this closes by itself when it comes.</source>
      <translation>总部在等，补上后这条异常会自动关闭。</translation>
    </message>
    <message>
      <source>HQ: the customer asked to cancel %1.</source>
      <translation>总部：顾客于 %1 申请取消。</translation>
    </message>
    <message>
      <source>HQ: the order was cancelled %1.</source>
      <translation>总部：订单已于 %1 取消。</translation>
    </message>
    <message>
      <source>HQ: there is no such order of this store.</source>
      <translation>总部：本店没有这个订单。</translation>
    </message>
    <message>
      <source>Hand-over taken back</source>
      <translation>撤销核销</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>交付</translation>
    </message>
    <message>
      <source>Handed over after it was cancelled</source>
      <translation>取消之后又交付了</translation>
    </message>
    <message>
      <source>Handed over twice</source>
      <translation>同一单交付了两次</translation>
    </message>
    <message>
      <source>Handed over while the customer was cancelling</source>
      <translation>顾客申请取消时已交付</translation>
    </message>
    <message>
      <source>Handed over without asking the main counter</source>
      <translation>没有经过主收银台就交付了</translation>
    </message>
    <message>
      <source>Handed over, but HQ does not know the order</source>
      <translation>已交付，但总部没有这个订单</translation>
    </message>
    <message>
      <source>If that terminal's data was lost, compare its hand-overs with the shelf.</source>
      <translation>如果那台收银台的数据丢了，请核对它交付的订单和货架。</translation>
    </message>
    <message>
      <source>Incident closed</source>
      <translation>异常处理</translation>
    </message>
    <message>
      <source>Keep the customer's code or order page if you can, and call HQ's support.</source>
      <translation>尽量留下顾客的提货码或订单页，并联系总部支持。</translation>
    </message>
    <message>
      <source>Looked into, all is well</source>
      <translation>已核实，没有问题</translation>
    </message>
    <message>
      <source>Packed</source>
      <translation>备好</translation>
    </message>
    <message>
      <source>Preparation begun</source>
      <translation>开始备货</translation>
    </message>
    <message>
      <source>Preparation taken back</source>
      <translation>撤销备货</translation>
    </message>
    <message>
      <source>Reason: %1.</source>
      <translation>原因：%1。</translation>
    </message>
    <message>
      <source>Settled with the customer</source>
      <translation>已和顾客谈妥</translation>
    </message>
    <message>
      <source>Something for HQ's support</source>
      <translation>需要总部支持处理</translation>
    </message>
    <message>
      <source>The customer has goods whose money goes back. Speak with the customer or with HQ.</source>
      <translation>货给了顾客，钱也会退。请联系顾客或总部。</translation>
    </message>
    <message>
      <source>The hand-over counts and nothing is paid back. Speak with the customer.</source>
      <translation>以交付为准，不退款。请和顾客沟通。</translation>
    </message>
    <message>
      <source>The manager's reason: %1</source>
      <translation>店长的理由：%1</translation>
    </message>
    <message>
      <source>Two parcels went out for one order. Find out who has the second one.</source>
      <translation>一单出了两份货，请查清第二份给了谁。</translation>
    </message>
    <message>
      <source>Update the program, or call HQ's support.</source>
      <translation>请升级程序，或联系总部支持。</translation>
    </message>
    <message>
      <source>an entry</source>
      <translation>一条记录</translation>
    </message>
    <message>
      <source>at a time that is not known</source>
      <translation>时间不详</translation>
    </message>
    <message>
      <source>somebody</source>
      <comment>a name that is not known</comment>
      <translation>不详</translation>
    </message>
  </context>
  <context>
    <name>sync_page</name>
    <message>
      <source>%1 ago</source>
      <translation>%1前</translation>
    </message>
    <message>
      <source>%1 fast</source>
      <translation>快了 %1</translation>
    </message>
    <message>
      <source>%1 slow</source>
      <translation>慢了 %1</translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) still to come</source>
      <translation>
        <numerusform>还有 %n 条没收完</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(s)</source>
      <translation>
        <numerusform>%n 条</numerusform>
      </translation>
    </message>
    <message>
      <source>Clock</source>
      <translation>时钟</translation>
    </message>
    <message>
      <source>Data checked</source>
      <translation>数据检查</translation>
    </message>
    <message>
      <source>Free disk space</source>
      <translation>剩余磁盘空间</translation>
    </message>
    <message>
      <source>HQ needs attention</source>
      <translation>总部连接需要处理</translation>
    </message>
    <message>
      <source>It is checked every few hours while the program runs. Call HQ's support.</source>
      <translation>程序开着时每几小时检查一次，请联系总部支持。</translation>
    </message>
    <message>
      <source>It is made every hour while the program runs. Call HQ's support.</source>
      <translation>程序开着时每小时备份一次，请联系总部支持。</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>密钥保存在</translation>
    </message>
    <message>
      <source>Last backup</source>
      <translation>上次备份</translation>
    </message>
    <message>
      <source>Last heard from HQ</source>
      <translation>上次联系总部</translation>
    </message>
    <message>
      <source>Main counter</source>
      <translation>主收银台</translation>
    </message>
    <message>
      <source>Make room: without it nothing can be recorded.</source>
      <translation>请清理空间，否则无法记录。</translation>
    </message>
    <message>
      <source>News from HQ</source>
      <translation>总部的更新</translation>
    </message>
    <message>
      <source>Not connected yet</source>
      <translation>还没连上</translation>
    </message>
    <message>
      <source>Offline since %1</source>
      <translation>%1 起离线</translation>
    </message>
    <message>
      <source>Online</source>
      <translation>在线</translation>
    </message>
    <message>
      <source>Store</source>
      <translation>门店</translation>
    </message>
    <message>
      <source>The program goes by HQ's time. Set this machine's clock right.</source>
      <translation>程序按总部时间走，请把本机时间校准。</translation>
    </message>
    <message>
      <source>This terminal</source>
      <translation>本收银台</translation>
    </message>
    <message>
      <source>Waiting to be sent</source>
      <translation>等待上报</translation>
    </message>
    <message>
      <source>another terminal of this store</source>
      <translation>本店另一台</translation>
    </message>
    <message>
      <source>everything has arrived</source>
      <translation>已全部收到</translation>
    </message>
    <message>
      <source>everything up to the last contact</source>
      <translation>截至上次联系已全部收到</translation>
    </message>
    <message>
      <source>in a file that only this user may read</source>
      <translation>仅本用户可读的文件</translation>
    </message>
    <message>
      <source>in the system's keyring</source>
      <translation>系统密钥库</translation>
    </message>
    <message>
      <source>never</source>
      <translation>从未</translation>
    </message>
    <message>
      <source>none yet</source>
      <translation>还没有</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>不详</translation>
    </message>
    <message>
      <source>not known yet</source>
      <translation>还不知道</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>还没有</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>没有</translation>
    </message>
    <message>
      <source>oldest from %1</source>
      <translation>最早 %1</translation>
    </message>
    <message>
      <source>right</source>
      <translation>准确</translation>
    </message>
    <message>
      <source>sound</source>
      <translation>完好</translation>
    </message>
    <message>
      <source>this terminal</source>
      <translation>就是这台</translation>
    </message>
  </context>
  <context>
    <name>till</name>
    <message>
      <source>Alipay</source>
      <translation>支付宝</translation>
    </message>
    <message>
      <source>Card</source>
      <translation>刷卡</translation>
    </message>
    <message>
      <source>Cash</source>
      <translation>现金</translation>
    </message>
    <message>
      <source>WeChat</source>
      <translation>微信</translation>
    </message>
  </context>
  <context>
    <name>today</name>
    <message>
      <source>%1 h</source>
      <translation>%1 小时</translation>
    </message>
    <message>
      <source>%1 min</source>
      <translation>%1 分钟</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 秒</translation>
    </message>
    <message>
      <source>Add-on rate</source>
      <translation>加购率</translation>
    </message>
    <message>
      <source>Add-ons</source>
      <translation>加购金额</translation>
    </message>
    <message>
      <source>An add-on</source>
      <translation>单均加购</translation>
    </message>
    <message>
      <source>Clerk</source>
      <translation>店员</translation>
    </message>
    <message>
      <source>Collected of those</source>
      <translation>其中已取</translation>
    </message>
    <message>
      <source>Collection rate</source>
      <translation>核销率</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>到期</translation>
    </message>
    <message>
      <source>From ready to collected</source>
      <translation>备好到取走</translation>
    </message>
    <message>
      <source>From scan to hand-over</source>
      <translation>扫码到交付</translation>
    </message>
    <message>
      <source>Handed over</source>
      <translation>已交付</translation>
    </message>
    <message>
      <source>Hour</source>
      <translation>小时</translation>
    </message>
    <message>
      <source>Incomplete</source>
      <translation>缺货</translation>
    </message>
    <message>
      <source>Orders</source>
      <translation>订单</translation>
    </message>
    <message>
      <source>Overdue</source>
      <translation>已逾期</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>%1 %2</source>
      <comment>day, hour</comment>
      <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n 天</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) have not reached HQ yet. They are safe here and go up by themselves.</source>
      <translation>
        <numerusform>还有 %n 条记录未上传总部：已安全保存，联网后自动上传。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entry(ies) were put aside: look at the Sync page.</source>
      <translation>
        <numerusform>有 %n 条记录被搁置：请看“同步”页。</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n h</source>
      <translation>
        <numerusform>%n 小时</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n left</source>
      <translation>
        <numerusform>剩 %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n min</source>
      <translation>
        <numerusform>%n 分钟</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n piece(s)</source>
      <translation>
        <numerusform>共 %n 件</numerusform>
      </translation>
    </message>
    <message>
      <source>A hand-over of this order was begun before. First say whether the parcel is here.</source>
      <translation>这个订单之前的交付没有做完。请先确认货还在不在。</translation>
    </message>
    <message>
      <source>A manager has to allow this: the PIN was not accepted.</source>
      <translation>需要店长同意：PIN 不正确。</translation>
    </message>
    <message>
      <source>Another program has the storefront's port: customers find the shop elsewhere until it is closed.</source>
      <translation>别的程序占用了网店的端口：在它关闭之前，顾客要用新的地址。</translation>
    </message>
    <message>
      <source>Collector: %1</source>
      <translation>代领：%1</translation>
    </message>
    <message>
      <source>HQ cannot be reached now. The work goes on without it.</source>
      <translation>暂时连不上总部，不影响继续营业。</translation>
    </message>
    <message>
      <source>HQ cannot be reached: the order keeps its time. Try again later.</source>
      <translation>连不上总部：取货时间没有改动，请稍后再试。</translation>
    </message>
    <message>
      <source>HQ on this PC does not start; it is tried again. The counter works meanwhile.</source>
      <translation>这台电脑上的总部程序没有启动，正在重试。收银台照常使用。</translation>
    </message>
    <message>
      <source>HQ's rules do not let this order be moved now.</source>
      <translation>按总部的规则，这个订单现在不能改期。</translation>
    </message>
    <message>
      <source>It is too early to pack this: it would not be fresh.</source>
      <translation>现在打包太早：会不新鲜。</translation>
    </message>
    <message>
      <source>It is too late for this: the time for taking it back is over.</source>
      <translation>已超过可撤销的时间。</translation>
    </message>
    <message>
      <source>Something went wrong in the program. Nothing was lost; please try again.</source>
      <translation>程序出了点问题，数据没有丢失，请重试。</translation>
    </message>
    <message>
      <source>That is not possible now.</source>
      <translation>现在不能这样操作。</translation>
    </message>
    <message>
      <source>That place cannot be read or written. Is the stick still plugged in?</source>
      <translation>那个位置无法读写。U 盘还插着吗？</translation>
    </message>
    <message>
      <source>The backup is in use. What happened since has been added; the rest comes from HQ.</source>
      <translation>备份已启用。之后的操作已补上，其余内容会从总部获取。</translation>
    </message>
    <message>
      <source>The data was written by a newer release. Update the program on this machine.</source>
      <translation>数据由更新的版本写入，请升级本机程序。</translation>
    </message>
    <message>
      <source>The disk is full. Make room, then try again; nothing was lost.</source>
      <translation>磁盘已满，请清理后重试，数据没有丢失。</translation>
    </message>
    <message>
      <source>The program is open already in another window.</source>
      <translation>程序已经在另一个窗口打开。</translation>
    </message>
    <message>
      <source>The program may not write its data. Ask the manager to look at the folder.</source>
      <translation>程序无法写入数据，请店长检查数据文件夹。</translation>
    </message>
    <message>
      <source>The shift is still open: it stays open until somebody closes it.</source>
      <translation>班次还未结束：会一直开着，直到有人交班。</translation>
    </message>
    <message>
      <source>The stored data is damaged. Do not hand over by this screen; call the manager.</source>
      <translation>本机数据已损坏，请勿凭此界面交付，并通知店长。</translation>
    </message>
    <message>
      <source>The stored data was damaged and has been restored from the backup of %1. Go on as always.</source>
      <translation>本机数据曾损坏，已从 %1 的备份恢复，可照常使用。</translation>
    </message>
    <message>
      <source>The stored data was damaged and is being fetched from HQ again. Go on as always.</source>
      <translation>本机数据曾损坏，正在从总部重新获取，可照常使用。</translation>
    </message>
    <message>
      <source>The till is closed: open a shift first.</source>
      <translation>尚未开班：请先开班。</translation>
    </message>
    <message>
      <source>The till is open already.</source>
      <translation>已经开班。</translation>
    </message>
    <message>
      <source>There is no such order in this store.</source>
      <translation>本店没有这个订单。</translation>
    </message>
    <message>
      <source>There is not enough room there. Free some space or take another stick.</source>
      <translation>那里空间不够。请腾出空间或换一个 U 盘。</translation>
    </message>
    <message>
      <source>This backup could not be used. The data are as they were before.</source>
      <translation>这个备份用不了。数据保持原样。</translation>
    </message>
    <message>
      <source>This backup is not whole: the copy broke off or was changed. Take another one.</source>
      <translation>这个备份不完整：复制中断或被改动过。请换一个。</translation>
    </message>
    <message>
      <source>This file is no backup of this program, or it is damaged.</source>
      <translation>这个文件不是本程序的备份，或已损坏。</translation>
    </message>
    <message>
      <source>This is another terminal's backup. First this terminal's own entries must have gone to HQ.</source>
      <translation>这是另一台收银机的备份。请先让本机的记录上传总部。</translation>
    </message>
    <message>
      <source>This is the backup of another store.</source>
      <translation>这是其他门店的备份。</translation>
    </message>
    <message>
      <source>This machine needs the manager: its data cannot be used.</source>
      <translation>本机数据无法使用，请找店长处理。</translation>
    </message>
    <message>
      <source>This order has moved on in the meantime. Look at it again.</source>
      <translation>这个订单的状态刚刚变了，请重新查看。</translation>
    </message>
    <message>
      <source>This terminal does not belong to a store yet.</source>
      <translation>本终端还没有注册到门店。</translation>
    </message>
    <message>
      <source>This terminal's key for HQ is gone. Nothing is lost; ask HQ for a new code.</source>
      <translation>本机连接总部的密钥不见了。数据没有丢失，请向总部索取新的注册码。</translation>
    </message>
    <message>
      <source>This time has just become full: choose another one.</source>
      <translation>这个时段刚刚满了，请另选一个。</translation>
    </message>
    <message>
      <source>This time is not offered any more: choose another one.</source>
      <translation>这个时段已不开放，请另选一个。</translation>
    </message>
    <message>
      <source>This was handed over at another terminal: take it back there.</source>
      <translation>这一单是在另一台收银台交付的，请到那台撤销。</translation>
    </message>
    <message>
      <source>What was written could not be read back. Take another stick.</source>
      <translation>写入的内容读不回来。请换一个 U 盘。</translation>
    </message>
    <message>
      <source>being prepared</source>
      <translation>备货中</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>已取消</translation>
    </message>
    <message>
      <source>chilled</source>
      <translation>冷藏</translation>
    </message>
    <message>
      <source>d MMM</source>
      <comment>a date without year</comment>
      <translation>M月d日</translation>
    </message>
    <message>
      <source>frozen</source>
      <translation>冷冻</translation>
    </message>
    <message>
      <source>handed over</source>
      <translation>已交付</translation>
    </message>
    <message>
      <source>here</source>
      <comment>the customer has arrived</comment>
      <translation>到店</translation>
    </message>
    <message>
      <source>kept warm</source>
      <translation>保温</translation>
    </message>
    <message>
      <source>made to order</source>
      <translation>现制</translation>
    </message>
    <message>
      <source>packed</source>
      <translation>已备好</translation>
    </message>
    <message>
      <source>paid</source>
      <translation>已付款</translation>
    </message>
    <message>
      <source>product %1</source>
      <translation>商品 %1</translation>
    </message>
    <message>
      <source>put back</source>
      <translation>已回库</translation>
    </message>
    <message>
      <source>ready</source>
      <translation>待取货</translation>
    </message>
    <message>
      <source>shelf</source>
      <translation>常温</translation>
    </message>
    <message>
      <source>sold out</source>
      <translation>已售罄</translation>
    </message>
    <message>
      <source>something is missing</source>
      <translation>缺货</translation>
    </message>
    <message>
      <source>to prepare</source>
      <translation>待备货</translation>
    </message>
    <message>
      <source>today</source>
      <translation>今天</translation>
    </message>
    <message>
      <source>tomorrow</source>
      <translation>明天</translation>
    </message>
    <message>
      <source>under a minute</source>
      <translation>不到 1 分钟</translation>
    </message>
    <message>
      <source>waiting for the group</source>
      <translation>待成团</translation>
    </message>
    <message>
      <source>yesterday</source>
      <translation>昨天</translation>
    </message>
  </context>
</TS>
